import type { Site } from '../../../cedar/ast.ts';
import { type Action, ENDPOINT_TYPE, type Route } from '../../../cedar/model.ts';
import type { Entry, Place } from '../document/place.ts';
import type { Api, Names } from './api.ts';
import { contextOf } from './context.ts';
import { expectKeys, flagOf, nameOf, namesOf, textOf } from './fields.ts';
import { opName } from './op-names.ts';
import { type Parameter, parametersOf } from './parameters.ts';
import { parametersIn } from './paths.ts';

/** One operation of the document: an action, or a public route. */
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly site: Site;
  /** Absent for a public route. */
  readonly action?: Action & { readonly route: Route };
}

const METHODS = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch']);

/** All operations, in the order of the document. */
export function operationsOf(api: Api, names: Names): Operation[] {
  const paths = api.root.get('paths')?.entries() ?? [];
  return paths.flatMap(({ key: path, value }) => {
    const item = value.target();
    return item.entries().flatMap((entry) => {
      if (METHODS.has(entry.key)) return [operationOf(api, names, path, item, entry)];
      if (entry.key === 'trace') {
        api.report(
          entry.keySite,
          'UNSUPPORTED_METHOD',
          'API Gateway has no TRACE',
          'leave the operation out',
        );
      }
      return [];
    });
  });
}

function operationOf(api: Api, names: Names, path: string, item: Place, entry: Entry): Operation {
  const { report } = api;
  const place = entry.value;
  const method = entry.key.toUpperCase();
  const parameters = parametersOf(item, place);
  checkPathParameters(api, path, entry, parameters);
  const extension = api.extensionAt(place);
  if (extension) {
    expectKeys(extension, ['principals', 'resource', 'groups', 'context', 'sensitive', 'public'], report);
  }
  const isPublic = flagOf(extension?.get('public'), report);
  checkSecurity(api, place, entry.keySite, isPublic);
  const operation = { method, path, site: entry.keySite };
  if (isPublic) {
    for (const { key, keySite } of extension?.entries() ?? []) {
      const message = `${key} has no effect on a public operation, which no policy sees`;
      if (key !== 'public') report(keySite, 'BAD_VALUE', message, `drop ${key} or public`);
    }
    return operation;
  }
  const resource = resourceOf(api, names, extension?.get('resource'), path);
  const principals = extension?.get('principals');
  const description = textOf(place.get('summary') ?? place.get('description'), report);
  return {
    ...operation,
    action: {
      groups: namesOf(extension?.get('groups'), names.actionGroups, 'action group', report),
      principals: principalsOf(api, names, principals),
      resources: [resource.type],
      context: contextOf(api, names, extension?.get('context'), parameters),
      route: {
        method,
        path,
        key: textOf(place.get('operationId'), report) ?? opName(method, path),
        resource,
        sensitive: flagOf(extension?.get('sensitive'), report),
      },
      ...(description !== undefined && { description: description.trim() }),
    },
  };
}

/** All principal types, unless the list says otherwise. */
export function principalsOf({ report }: Api, names: Names, list: Place | undefined): string[] {
  if (list?.kind === 'list' && list.items().length === 0) {
    report(
      list.site,
      'BAD_VALUE',
      'nobody could ever call this',
      'name a principal type, or leave principals out',
    );
  }
  return list
    ? namesOf(list, names.principalTypes, 'principal type', report)
    : [...names.principalTypes].sort();
}

function resourceOf(api: Api, names: Names, place: Place | undefined, path: string): Route['resource'] {
  const { report } = api;
  const endpoint = { type: ENDPOINT_TYPE, id: { from: 'endpoint' as const } };
  if (!place) return endpoint;
  expectKeys(place, ['type', 'id'], report);
  const [type, id] = [place.get('type'), place.get('id')];
  if (!type || !id) {
    report(place.site, 'BAD_VALUE', 'a resource has a type and an id', 'add type and id, or drop resource');
    return endpoint;
  }
  const name = nameOf(type, names.entityTypes, 'entity type', report) ?? ENDPOINT_TYPE;
  if (id.value === 'backend') return { type: name, id: { from: 'backend' } };
  if (id.kind !== 'map') {
    report(id.site, 'BAD_VALUE', 'this is no source of an id', 'write { path: <parameter> } or backend');
    return endpoint;
  }
  expectKeys(id, ['path'], report);
  const inPath = new Set(parametersIn(path));
  const written = id.get('path');
  const parameter = written && nameOf(written, inPath, `parameter of ${path}`, report);
  if (!written)
    report(id.site, 'BAD_VALUE', 'the id has no source', 'write { path: <parameter> } or backend');
  return { type: name, id: { from: 'path', parameter: parameter ?? '' } };
}

/** The parser leaves to others whether a template and the declared parameters agree. */
function checkPathParameters(
  { report }: Api,
  path: string,
  { keySite }: Entry,
  parameters: readonly Parameter[],
): void {
  const inPath = parametersIn(path);
  const declared = parameters.filter((parameter) => parameter.in === 'path');
  for (const name of inPath) {
    if (declared.some((parameter) => parameter.name === name)) continue;
    const message = `{${name}} of ${path} is not declared as a path parameter`;
    report(keySite, 'UNDECLARED_PARAMETER', message, 'declare it at the operation or its path');
  }
  for (const { name, site } of declared) {
    if (inPath.includes(name)) continue;
    const message = `path parameter "${name}" is not in ${path}`;
    report(site, 'UNDECLARED_PARAMETER', message, `write {${name}} in the path, or drop the parameter`);
  }
}

/** What the document tells its readers must be what the gateway does. */
function checkSecurity({ root, report }: Api, operation: Place, site: Site, isPublic: boolean): void {
  const own = operation.get('security');
  const holds = own ?? root.get('security');
  const needsToken = (holds?.items() ?? []).some((requirement) => requirement.entries().length > 0);
  if (isPublic && needsToken) {
    const message = 'this operation is public, and the document says that it needs a token';
    report(own?.site ?? site, 'SECURITY_CLASH', message, 'add security: [] or drop public');
  } else if (!isPublic && own && !needsToken) {
    const message = 'the document says that this operation needs no token, and it is not public';
    report(own.site, 'SECURITY_CLASH', message, 'say public: true in its x-authz, or drop security');
  }
}
