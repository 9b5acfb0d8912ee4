import type { Site } from '../../../cedar/ast.ts';
import { LIMITS } from '../../../cedar/limits.ts';
import { type Action, ENDPOINT_TYPE, type Route } from '../../../cedar/model.ts';
import type { Entry, Place } from '../document/place.ts';
import type { Api, Names } from './api.ts';
import { contextOf } from './context.ts';
import { expectKeys, flagOf, nameOf, namesOf, proseOf, textOf } from './fields.ts';
import { opName } from './op-names.ts';
import { type OperationWords, wordsOfPath } from './operation-words.ts';
import { type Parameter, parametersOf } from './parameters.ts';
import { type PathItem, pathItemsOf, type WrittenOperation } from './path-items.ts';
import { parametersIn, renamed } from './paths.ts';
import { checkSecurity } from './security.ts';
import { otherServers } from './servers.ts';

/** One operation of the document: an action, or a public route. */
export interface Operation {
  readonly method: string;
  /** As the gateway has it. */
  readonly path: string;
  /** Where its path stands. */
  readonly item: PathItem;
  readonly site: Site;
  /** Absent for a public route. */
  readonly action?: Action & { readonly route: Route };
}

/** All operations that the gateway has, in the order of the document. */
export const operationsOf = (api: Api, names: Names): Operation[] =>
  pathItemsOf(api.root).flatMap((item) => {
    const words = wordsOfPath(api, item);
    const methods = new Set<string>();
    return item.operations.flatMap((written) => {
      const own = words.operations.get(written.action);
      if (!own || own.isOmitted) return [];
      checkServed(api, item, written, methods);
      methods.add(written.method);
      return [operationOf(api, names, { item, written, words: own, renames: words.names })];
    });
  });

/** Reports what no gateway could pass on. */
function checkServed(
  api: Api,
  item: PathItem,
  { method, action, entry }: WrittenOperation,
  others: ReadonlySet<string>,
): void {
  const { report } = api;
  const site = entry.keySite;
  const leaveOut = 'leave the operation out: omit: true in its x-authz';
  if (method === 'TRACE') report(site, 'UNSUPPORTED_METHOD', 'API Gateway has no TRACE', leaveOut);
  if (others.has(method)) {
    const message = `${action} is described here and where the path's $ref leads`;
    report(site, 'DUPLICATE_OPERATION', message, 'describe it once');
  }
  if (action.length > LIMITS.actionIdLength) {
    const message = `the action's name has ${action.length} characters, and Verified Permissions takes ${LIMITS.actionIdLength}`;
    report(site, 'BAD_PATH', message, 'shorten the path');
  }
  const servers = otherServers(api.root, item, entry.value);
  if (servers) {
    const message = `${action} is served elsewhere than the API`;
    report(servers.site, 'OTHER_SERVER', message, `${leaveOut}, or drop its servers`);
  }
}

interface Kept {
  readonly item: PathItem;
  readonly written: WrittenOperation;
  readonly words: OperationWords;
  /** Other names for parameters of the path. */
  readonly renames: ReadonlyMap<string, string>;
}

function operationOf(api: Api, names: Names, { item, written, words, renames }: Kept): Operation {
  const { report } = api;
  const { method, entry } = written;
  const place = entry.value;
  const parameters = parametersOf([...item.parts].reverse(), place, report);
  checkPathParameters(api, item.path, entry, parameters);
  checkSecurity(api, place, entry.keySite, words.get('public') && words.isPublic);
  const path = renamed(item.path, renames);
  const operation = { method, path, item, site: entry.keySite };
  if (words.isPublic) return operation;
  const resource = resourceOf(api, names, words.get('resource'), item.path, renames);
  const description = proseOf(place.get('summary')) ?? proseOf(place.get('description'));
  return {
    ...operation,
    action: {
      groups: namesOf(words.get('groups'), names.actionGroups, 'action group', report),
      principals: principalsOf(api, names, words.get('principals')),
      resources: [resource.type],
      context: contextOf(api, names, words.get('context'), parameters),
      route: {
        method,
        path,
        key: textOf(words.get('op'), report) ?? proseOf(place.get('operationId')) ?? opName(method, path),
        resource,
        sensitive: flagOf(words.get('sensitive'), report),
      },
      ...(description !== undefined && { description }),
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

function resourceOf(
  api: Api,
  names: Names,
  place: Place | undefined,
  path: string,
  renames: ReadonlyMap<string, string>,
): Route['resource'] {
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
  const renamed = renames.get(parameter ?? '') ?? parameter ?? '';
  return { type: name, id: { from: 'path', parameter: renamed } };
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
