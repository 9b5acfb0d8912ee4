import path from 'node:path';
import type { Site } from '../../cedar/ast.ts';
import { canonicalJson } from '../../cedar/canonical-json.ts';
import { ENDPOINT_TYPE, type EntityType, type Model } from '../../cedar/model.ts';
import { ProblemsError } from '../check/problem.ts';
import { openFiles } from './document/files.ts';
import { followAll } from './document/references.ts';
import { collectProblems } from './document/report.ts';
import { validateDocument } from './document/validate.ts';
import { actionGroups, checkActionGroups } from './read/action-groups.ts';
import { allActions } from './read/actions.ts';
import { type Api, openApi } from './read/api.ts';
import { entityTypes } from './read/entities.ts';
import { expectKeys } from './read/fields.ts';
import { commonGroups } from './read/groups.ts';
import { declaredNames, namespaceOf } from './read/names.ts';
import { principalTypes } from './read/principals.ts';
import { reportUnread } from './read/unread-extensions.ts';
import { checkSchemaSize } from './schema-size.ts';

/** A model and where its parts are written. */
export interface LocatedModel {
  readonly model: Model;
  /** Of each operation and domain action, by the action's name. */
  readonly sites: ReadonlyMap<string, Site>;
}

/**
 * Reads the vocabulary of an API from its OpenAPI document (3.0 or 3.1, YAML or JSON, any number of files).
 * @throws ProblemsError with everything that is wrong, unsupported or ambiguous in it, at once
 */
export const readModel = async (file: string): Promise<Model> => (await readLocatedModel(file)).model;

/** As `readModel`. */
export async function readLocatedModel(file: string): Promise<LocatedModel> {
  const absolute = path.resolve(file);
  const files = openFiles(absolute);
  checkVersion(files.root);
  followAll(files.root);
  await validateDocument(absolute, files.root);
  const { problems, report } = collectProblems();
  const api = openApi(files.root, report);
  const located = readApi(api);
  reportUnread(api, files.roots());
  checkSchemaSize(located.model, files.root.site, report);
  if (problems().length > 0) throw new ProblemsError(problems());
  return located;
}

function checkVersion(root: Api['root']): void {
  const version = root.get('openapi');
  if (/^3\.[01]\.\d+$/.test(String(version?.value))) return;
  throw new ProblemsError([
    {
      site: version?.site ?? root.site,
      code: 'UNSUPPORTED_VERSION',
      message: 'this is no OpenAPI document of version 3.0 or 3.1',
      remedy: 'write openapi: 3.1.0, or convert the document',
    },
  ]);
}

const SECTIONS = ['namespace', 'principals', 'groups', 'actionGroups', 'actions'];

function readApi(api: Api): LocatedModel {
  const extension = api.extensionAt(api.root);
  if (!extension) {
    const message = 'the document has no x-authz at its top';
    api.report(api.root.site, 'NO_EXTENSION', message, 'add one with namespace and principals');
    return { model: EMPTY, sites: new Map() };
  }
  expectKeys(extension, SECTIONS, api.report);
  const names = declaredNames(api, extension);
  const { actions, publicRoutes, sites } = allActions(api, names, extension);
  const groups = actionGroups(api, names, extension);
  checkActionGroups(api, extension, groups, actions);
  const model: Model = {
    namespace: namespaceOf(api, extension),
    principalTypes: principalTypes(api, names, extension),
    entityTypes: { ...entityTypes(api, names), [ENDPOINT_TYPE]: ENDPOINT },
    actions,
    actionGroups: groups,
    groups: commonGroups(api, names, extension),
    publicRoutes,
  };
  // Sorted, so that moving text about in the document changes nothing.
  const sorted: Model = JSON.parse(canonicalJson(model));
  return { model: sorted, sites };
}

const EMPTY: Model = {
  namespace: '',
  principalTypes: {},
  entityTypes: {},
  actions: {},
  actionGroups: {},
  groups: {},
  publicRoutes: [],
};

const ENDPOINT: EntityType = {
  description: 'The operation itself, where it names no other resource.',
  parents: [],
  tenancy: 'shared',
  attributes: {
    method: { type: { kind: 'String' }, required: true },
    path: { type: { kind: 'String' }, required: true },
  },
};
