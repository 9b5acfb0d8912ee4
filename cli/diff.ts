import type { Compared, Live } from '../dsl/analyze/diff/compared.ts';
import { diffSet, type DiffOptions } from '../dsl/analyze/diff/diff-set.ts';
import { diffJson } from '../dsl/analyze/diff/json.ts';
import { diffMarkdown } from '../dsl/analyze/diff/markdown.ts';
import { verdictOf } from '../dsl/analyze/diff/row.ts';
import { diffSarif } from '../dsl/analyze/diff/sarif.ts';
import { diffTenants, type TenantsVersion, unchanged } from '../dsl/analyze/diff/tenants.ts';
import { diffText } from '../dsl/analyze/diff/text.ts';
import { readPlain } from '../dsl/analyze/plain.ts';
import { folderSources } from '../dsl/analyze/revision/folder.ts';
import { load, loadSources, sourcesOf } from '../dsl/analyze/revision/revision.ts';
import { changedTenants, type Sources, tenantSlugs } from '../dsl/analyze/revision/sources.ts';
import type { Semantics } from '../dsl/analyze/verdict.ts';
import { deployedTenants, livePolicies, type LivePolicy } from './deployed.ts';
import type { Ending } from './ending.ts';
import { Expected } from './fail.ts';
import { isTableName, withPolicyTable } from './policy-table.ts';
import { loadProject, withOracle } from './policy-sets.ts';
import { createProgress } from './progress.ts';

export interface DiffArgs {
  /** What is compared with, which is the version before: another one of the project, or files of plain Cedar. */
  readonly before:
    | {
        readonly of: 'project';
        readonly name: string;
        readonly tenants: readonly string[];
        readonly endpoint?: string;
      }
    | {
        readonly of: 'plain';
        readonly before: PlainVersion;
        readonly after: PlainVersion;
      };
  readonly semantics: Semantics;
  readonly format: 'text' | 'markdown' | 'sarif' | 'json';
}

interface PlainVersion {
  readonly schema: string;
  readonly policies: string;
  readonly links?: string;
}

/** What the version after is called: the files as they are, committed or not. */
const WORKING_TREE = 'working tree';

/** `cedarwright diff`. @throws ProblemsError with the mistakes of either version, Expected for one that is not there */
export async function diff(root: string, { before, semantics, format }: DiffArgs): Promise<Ending> {
  const progress = createProgress();
  const compared = await withOracle(async (oracle) => {
    const options = { oracle, semantics, progress: progress.tell };
    const found =
      before.of === 'plain' ? await plainDiff(before, options) : await projectDiff(root, before, options);
    return { ...found, ...(oracle.solver !== undefined && { solver: oracle.solver }) };
  }).finally(progress.end);
  return { output: inFormat(compared, format), exitCode: verdictOf(compared.diffs) };
}

function inFormat(compared: Compared, format: DiffArgs['format']): string {
  switch (format) {
    case 'json':
      return diffJson(compared);
    case 'markdown':
      return diffMarkdown(compared).trimEnd();
    case 'sarif':
      return diffSarif(compared, (set) => (set.includes('.') ? set : `tenants/${set}.ts`));
    default:
      return diffText(compared);
  }
}

async function plainDiff(
  { before, after }: Extract<DiffArgs['before'], { of: 'plain' }>,
  options: DiffOptions,
): Promise<Compared> {
  const [old, fresh] = await Promise.all([readPlain(before), readPlain(after)]);
  const diffs = [await diffSet({ name: fresh.name, before: old, after: fresh }, options)];
  return { before: before.policies, after: after.policies, diffs, live: [] };
}

async function projectDiff(
  root: string,
  given: Extract<DiffArgs['before'], { of: 'project' }>,
  options: DiffOptions,
): Promise<Compared> {
  const { name, tenants } = given;
  const sources = await sourcesOf(root, name);
  if (sources) return sourcesDiff(root, { name, sources, tenants }, options);
  if (isTableName(name)) return tableDiff(root, given, options);
  throw new Expected(
    `"${name}" is neither a folder with tenants/, nor a git revision, nor the name of a policy table (…-policies)`,
  );
}

/** Only tenants whose files differ are read, and of those only the ones that are asked about. */
async function sourcesDiff(
  root: string,
  { name, sources, tenants }: { name: string; sources: Sources; tenants: readonly string[] },
  options: DiffOptions,
): Promise<Compared> {
  const now = await folderSources(root);
  if (!now) throw new Expected('there is no folder tenants here — run this in the folder of a project');
  const known = new Set([...tenantSlugs(sources), ...tenantSlugs(now)]);
  const asked = tenants.length === 0 ? known : new Set(tenants);
  refuseUnknown(asked, known);
  const only = new Set([...changedTenants(sources, now)].filter((slug) => asked.has(slug)));
  const rest = [...asked].filter((slug) => !only.has(slug)).map(unchanged);
  const compare = async (): Promise<Compared['diffs']> => {
    const [before, after] = await Promise.all([loadSources(root, { name, sources, only }), load(root, only)]);
    return diffTenants(before, after, options);
  };
  const changed = only.size === 0 ? [] : await compare();
  const diffs = [...changed, ...rest].sort((a, b) => (a.set < b.set ? -1 : 1));
  return { before: name, after: WORKING_TREE, diffs, live: [] };
}

async function tableDiff(
  root: string,
  { name, tenants, endpoint }: Extract<DiffArgs['before'], { of: 'project' }>,
  options: DiffOptions,
): Promise<Compared> {
  const after = await loadProject(root);
  const [deployed, live] = await withPolicyTable(
    root,
    { name, ...(endpoint !== undefined && { endpoint }) },
    async (table) => {
      const found = await deployedTenants(table, after.tenants);
      return [found, livePolicies(table, after.model, found)];
    },
  );
  const known = new Set([...deployed, ...after.tenants].map(({ slug }) => slug));
  const asked = tenants.length === 0 ? known : new Set(tenants);
  refuseUnknown(asked, known);
  const withLive = (version: TenantsVersion): TenantsVersion => ({
    ...version,
    tenants: version.tenants
      .filter(({ slug }) => asked.has(slug))
      .map((tenant) => ({ ...tenant, policies: [...tenant.policies, ...enforcedLive(live, tenant.slug)] })),
  });
  const before = withLive({ model: after.model, tenants: deployed });
  const diffs = await diffTenants(before, withLive(after), options);
  return {
    before: name,
    after: WORKING_TREE,
    diffs,
    live: live.filter(({ slug }) => asked.has(slug)).map(shown),
  };
}

/** Whether live permits are enforced, the stack's config says; without them nothing that opens is overlooked. */
const enforcedLive = (live: readonly LivePolicy[], slug: string) =>
  live.flatMap((each) =>
    each.slug === slug && 'policy' in each && each.policy.policy.effect === 'forbid' ? [each.policy] : [],
  );

const shown = (live: LivePolicy): Live => ({
  set: live.slug,
  id: live.id,
  text: 'text' in live ? live.text : `rejected: ${live.refused}`,
});

function refuseUnknown(asked: ReadonlySet<string>, known: ReadonlySet<string>): void {
  const missing = [...asked].find((slug) => !known.has(slug));
  if (missing !== undefined) throw new Expected(`there is no tenant "${missing}" in either version`);
}
