import type { Site } from '../../cedar/ast.ts';
import { isIdentifier } from '../../cedar/names.ts';
import { LIMITS } from '../../cedar/limits.ts';
import { ProblemsError } from '../check/problem.ts';
import type { TenantKind } from '../tenants/tenant.ts';
import type { Files } from './document/files.ts';
import { openDocument } from './document/open.ts';
import type { Place } from './document/place.ts';
import { walk } from './document/walk.ts';
import { authzFile } from './proposal-text.ts';
import { X_AUTHZ } from './read/api.ts';
import { proseOf } from './read/fields.ts';
import { commonNames, type Renames } from './read/common-names.ts';
import { type PathItem, pathItemsOf, type WrittenOperation } from './read/path-items.ts';
import { pathFaults, type PathTemplate } from './read/path-faults.ts';
import { renamed, unroutable } from './read/paths.ts';
import { TENANT_KINDS } from './read/principals.ts';
import { writtenSecurity } from './read/security.ts';
import { otherServers } from './read/servers.ts';

/** Words of `x-authz` for a document that has none: every operation on its own Endpoint, one type of principal. */
export interface Proposal {
  readonly namespace: string;
  readonly principals: Readonly<Record<string, { readonly kinds: readonly TenantKind[] }>>;
  /** Parameters that have another name in other paths, by path. */
  readonly paths: Readonly<Record<string, ProposedPath>>;
  /** Operations that cannot be left as they are, by the names of their actions. */
  readonly operations: Readonly<Record<string, ProposedOperation>>;
}

export interface ProposedOperation {
  /** `public` only where the document itself says that no token is needed; `omit` where no gateway could route it. */
  readonly word: 'public' | 'omit';
  readonly reason: string;
  readonly site: Site;
}

export interface ProposedPath {
  /** The document's name -> the one that most paths use. */
  readonly rename: Readonly<Record<string, string>>;
  readonly site: Site;
}

/** Proposes what a document does not say of authorization. @param root its top */
export function proposeAuthz(root: Place): Proposal {
  const items = pathItemsOf(root);
  const operations = new Map<string, ProposedOperation>();
  for (const item of items) {
    for (const operation of item.operations) {
      const proposed = proposedOperation(root, item, operation);
      if (proposed) operations.set(operation.action, { ...proposed, site: operation.entry.keySite });
    }
  }
  const kept = items.filter(({ path }) => unroutable(path) === undefined);
  const renames = commonNames(kept.map(({ path }) => path));
  for (const { item, methods, message } of faultsOf(items, operations, renames)) {
    for (const { action, method, entry } of item.operations) {
      if (!methods.includes(method)) continue;
      operations.set(action, { word: 'omit', reason: message, site: entry.keySite });
    }
  }
  return {
    namespace: namespaceFrom(proseOf(root.get('info')?.get('title')) ?? ''),
    principals: { User: { kinds: TENANT_KINDS } },
    paths: Object.fromEntries(
      items.flatMap(({ path, keySite: site }) => {
        const rename = renames.get(path);
        return rename ? [[path, { rename: Object.fromEntries(rename), site }] as const] : [];
      }),
    ),
    operations: Object.fromEntries(operations),
  };
}

/** What is still wrong with paths, common names given and operations left out. */
function faultsOf(
  items: readonly PathItem[],
  operations: ReadonlyMap<string, ProposedOperation>,
  renames: ReadonlyMap<string, Renames>,
): { readonly item: PathItem; readonly methods: readonly string[]; readonly message: string }[] {
  const byTemplate = new Map<PathTemplate, PathItem>();
  for (const item of items) {
    const kept = item.operations.filter(({ action }) => operations.get(action)?.word !== 'omit');
    const path = renamed(item.path, renames.get(item.path) ?? new Map());
    if (kept.length === 0) continue;
    byTemplate.set({ path, methods: kept.map(({ method }) => method), site: item.keySite }, item);
  }
  return pathFaults([...byTemplate.keys()]).flatMap(({ template, methods, message }) => {
    const item = byTemplate.get(template);
    return item ? [{ item, methods, message }] : [];
  });
}

function proposedOperation(
  root: Place,
  item: PathItem,
  { method, action, entry }: WrittenOperation,
): Omit<ProposedOperation, 'site'> | undefined {
  if (method === 'TRACE') return { word: 'omit', reason: 'API Gateway has no TRACE' };
  if (action.length > LIMITS.actionIdLength)
    return { word: 'omit', reason: 'its name is too long for an action' };
  if (otherServers(root, item, entry.value)) return { word: 'omit', reason: 'another server has it' };
  const { own, needsToken } = writtenSecurity(root, entry.value);
  if (own && !needsToken) return { word: 'public', reason: 'the document says that it needs no token' };
  return undefined;
}

/** It stands in every policy, so the first words of a long title must do. */
const MAX_NAMESPACE = 30;

/** `Train Travel API (beta)` -> `TrainTravelBeta`. Verified Permissions refuses some words, see namespaceOf. */
function namespaceFrom(title: string): string {
  const words = title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/['’]/g, '')
    .replaceAll(/amazon|cedar|aws/gi, ' ')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => !/^(?:rest|api|openapi|the|official|spec|specification)$/i.test(word))
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1));
  let namespace = '';
  for (const word of words) {
    if (namespace.length + word.length > MAX_NAMESPACE) break;
    namespace += word;
  }
  if (/^\d/.test(namespace)) namespace = `Api${namespace}`;
  return isIdentifier(namespace) && !/aws|amazon|cedar/i.test(namespace) ? namespace : 'Api';
}

/** Whether a document says nothing of authorization. */
export function isSilent(files: Files): boolean {
  let silent = true;
  walk(files.roots(), (place) => {
    silent &&= place.get(X_AUTHZ) === undefined;
    return undefined;
  });
  return silent;
}

/**
 * The proposal for a document, as the file that is given with `--authz`.
 * @throws ProblemsError when the document cannot be read, or has words of its own
 */
export async function proposedAuthzFile(api: string): Promise<string> {
  const files = await openDocument(api);
  if (isSilent(files)) return authzFile(proposeAuthz(files.root));
  const message = 'the document has x-authz already';
  throw new ProblemsError([
    { site: files.root.site, code: 'NOTHING_TO_PROPOSE', message, remedy: 'edit what is there' },
  ]);
}
