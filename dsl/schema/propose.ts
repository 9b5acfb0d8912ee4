import type { Site } from '../../cedar/ast.ts';
import { isIdentifier } from '../../cedar/names.ts';
import { LIMITS } from '../../cedar/limits.ts';
import { type Problem, ProblemsError } from '../check/problem.ts';
import type { TenantKind } from '../tenants/tenant.ts';
import type { Files } from './document/files.ts';
import { openDocument } from './document/open.ts';
import type { Place } from './document/place.ts';
import { walk } from './document/walk.ts';
import { X_AUTHZ } from './read/api.ts';
import { proseOf } from './read/fields.ts';
import { type PathItem, pathItemsOf, type WrittenOperation } from './read/path-items.ts';
import { pathFaults } from './read/paths.ts';
import { TENANT_KINDS } from './read/principals.ts';
import { writtenSecurity } from './read/security.ts';
import { otherServers } from './read/servers.ts';

/** Words of `x-authz` for a document that has none: every operation on its own Endpoint, one type of principal. */
export interface Proposal {
  readonly namespace: string;
  readonly principals: Readonly<Record<string, { readonly kinds: readonly TenantKind[] }>>;
  /** Operations that cannot be left as they are, by the names of their actions. */
  readonly operations: Readonly<Record<string, ProposedOperation>>;
}

export interface ProposedOperation {
  /** `public` only where the document itself says that no token is needed; `omit` where no gateway could route it. */
  readonly word: 'public' | 'omit';
  readonly reason: string;
  readonly site: Site;
}

/** Proposes what a document does not say of authorization. @param root its top */
export function proposeAuthz(root: Place): Proposal {
  const items = pathItemsOf(root);
  const faults = new Map(
    pathFaults(items.map(({ path, keySite: site }) => ({ path, site }))).map(({ path, message }) => [
      path,
      message,
    ]),
  );
  const operations = items.flatMap((item) =>
    item.operations.flatMap((operation): [string, ProposedOperation][] => {
      const proposed = proposedOperation(root, item, operation, faults.get(item.path));
      return proposed ? [[operation.action, { ...proposed, site: operation.entry.keySite }]] : [];
    }),
  );
  return {
    namespace: namespaceFrom(proseOf(root.get('info')?.get('title')) ?? ''),
    principals: { User: { kinds: TENANT_KINDS } },
    operations: Object.fromEntries(operations),
  };
}

function proposedOperation(
  root: Place,
  item: PathItem,
  { method, action, entry }: WrittenOperation,
  fault: string | undefined,
): Omit<ProposedOperation, 'site'> | undefined {
  if (fault !== undefined) return { word: 'omit', reason: fault };
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

/** `Train Travel API (beta)` -> `TrainTravelApiBeta`. Verified Permissions refuses some words, see namespaceOf. */
function namespaceFrom(title: string): string {
  const words = title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/amazon|cedar|aws/gi, ' ')
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1));
  let namespace = '';
  for (const word of words) {
    if (namespace.length + word.length > MAX_NAMESPACE) break;
    namespace += word;
  }
  if (/^\d/.test(namespace)) namespace = `Api${namespace}`;
  return isIdentifier(namespace) && !/aws|amazon|cedar/i.test(namespace) ? namespace : 'Api';
}

/** What a proposal decides, for people to hear. @param top of the document */
export function proposalNotes({ namespace, operations }: Proposal, top: Site): Problem[] {
  const remedy = 'npx cedarwright schema --propose prints it all as a file to edit and give with --authz';
  const message = `nothing here says who calls this API: taken are namespace ${namespace}, principal type User and, of each operation, its own Endpoint`;
  const each = Object.entries(operations).map(([action, { word, reason, site }]): Problem => ({
    site,
    code: word === 'omit' ? 'LEFT_OUT' : 'PUBLIC',
    message: `${action} ${word === 'omit' ? 'is left out' : 'needs no permission'}: ${reason}`,
    remedy: 'say otherwise with --authz',
  }));
  return [{ site: top, code: 'PROPOSED', message, remedy }, ...each];
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

/** A proposal as YAML, to be read and edited. */
export function authzFile({ namespace, principals, operations }: Proposal): string {
  const types = Object.entries(principals).map(
    ([name, { kinds }]) => `  ${name}: { kinds: [${kinds.join(', ')}] }`,
  );
  const exceptions = Object.entries(operations)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([action, { word, reason }]) =>
        `  # ${reason.replaceAll(/\s+/g, ' ')}\n  ${JSON.stringify(action)}: { ${word}: true }`,
    );
  return [
    '# What the API document does not say of authorization: the words of x-authz (dsl/schema/x-authz.md), by name.',
    `namespace: ${namespace}`,
    'principals:',
    ...types,
    ...(exceptions.length > 0 ? ['operations:', ...exceptions] : []),
    '',
  ].join('\n');
}
