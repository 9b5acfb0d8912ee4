import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Site } from '../../cedar/ast.ts';
import { canonicalJson } from '../../cedar/canonical-json.ts';
import { ENDPOINT_TYPE, type EntityType, type Model } from '../../cedar/model.ts';
import { type Problem, ProblemsError } from '../check/problem.ts';
import { type Files, openFiles, openText } from './document/files.ts';
import type { Place } from './document/place.ts';
import { openDocument } from './document/open.ts';
import { collectProblems } from './document/report.ts';
import { authzFile, proposalNotes } from './proposal-text.ts';
import { isSilent, proposeAuthz } from './propose.ts';
import { actionGroups, checkActionGroups } from './read/action-groups.ts';
import { allActions } from './read/actions.ts';
import { type Api, openApi } from './read/api.ts';
import { entityTypes } from './read/entities.ts';
import { expectKeys } from './read/fields.ts';
import { commonGroups } from './read/groups.ts';
import { declaredNames, namespaceOf } from './read/names.ts';
import { readOverlay, TOP_WORDS } from './read/overlay.ts';
import { principalTypes } from './read/principals.ts';
import { reportUnread } from './read/unread-extensions.ts';
import { checkSchemaSize } from './schema-size.ts';

/** A model and where its parts are written. */
export interface LocatedModel {
  readonly model: Model;
  /** Of each operation and domain action, by the action's name. */
  readonly sites: ReadonlyMap<string, Site>;
  /** What was decided for a document that says nothing of authorization. */
  readonly notes: readonly Problem[];
}

/** The overlay that is taken where none is named: this file beside the document. */
export const AUTHZ_FILE = 'authz.yaml';

/**
 * Reads the vocabulary of an API from its OpenAPI document (3.0 or 3.1, YAML or JSON, any number of files).
 * @param authz file with words of `x-authz` that the document does not have itself
 * @throws ProblemsError with everything that is wrong, unsupported or ambiguous in it, at once
 */
export const readModel = async (file: string, authz?: string): Promise<Model> =>
  (await readLocatedModel(file, authz)).model;

/** As `readModel`. */
export async function readLocatedModel(file: string, authz?: string): Promise<LocatedModel> {
  const files = await openDocument(file);
  const { problems, report } = collectProblems();
  const { words, notes } = overlayFor(files, authz);
  const plain = openApi(files.root, report);
  const api = words ? openApi(files.root, report, readOverlay(plain, words)) : plain;
  const located = readApi(api);
  reportUnread(api, files.roots());
  checkSchemaSize(located.model, files.root.site, report);
  if (problems().length > 0) throw new ProblemsError(problems());
  return { ...located, notes };
}

/** What is said beside the document: the file that is named or lies there, else a proposal where nothing says anything. */
function overlayFor(files: Files, authz: string | undefined): { words?: Place; notes: Problem[] } {
  const beside = path.join(path.dirname(files.main.path), AUTHZ_FILE);
  const file = authz === undefined ? beside : path.resolve(authz);
  if (authz !== undefined || existsSync(beside)) return { words: openFiles(file).root, notes: [] };
  if (!isSilent(files)) return { notes: [] };
  const proposal = proposeAuthz(files.root);
  return { words: openText(authzFile(proposal), beside), notes: proposalNotes(proposal, files.root.site) };
}

function readApi(api: Api): Omit<LocatedModel, 'notes'> {
  const extension = api.extensionAt(api.root);
  if (!extension) {
    const message = 'the document has no x-authz at its top';
    const remedy = 'add x-authz: { namespace: Shop, principals: { User: { kinds: [saasTenant] } } }';
    api.report(api.root.site, 'NO_EXTENSION', message, remedy);
    return { model: EMPTY, sites: new Map() };
  }
  expectKeys(extension, TOP_WORDS, api.report);
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
