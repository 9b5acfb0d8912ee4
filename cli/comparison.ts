import type { Compared, Live } from '../dsl/analyze/diff/compared.ts';
import { diffSet, type DiffOptions } from '../dsl/analyze/diff/diff-set.ts';
import { diffTenants, type TenantsVersion, unchanged } from '../dsl/analyze/diff/tenants.ts';
import { type PlainFiles, readPlain } from '../dsl/analyze/plain.ts';
import { folderSources } from '../dsl/analyze/revision/folder.ts';
import { load, loadSources, sourcesOf } from '../dsl/analyze/revision/revision.ts';
import { changedTenants, type Sources, tenantSlugs } from '../dsl/analyze/revision/sources.ts';
import type { StoreSchema } from '../dsl/tenants/tenant.ts';
import { deployedTenants } from './deployed.ts';
import { Expected } from './fail.ts';
import { enforcedLive, livePolicies, type LivePolicy } from './live-policies.ts';
import { isTableName, withPolicyTable } from './policy-table.ts';
import { loadProject } from './policy-sets.ts';

/** Another version of a project, by the name of a revision, a folder or a policy table; or files of plain Cedar. */
export type ComparedWith = ProjectVersion | PlainVersions;

interface ProjectVersion {
  readonly of: 'project';
  readonly name: string;
  /** Slugs; none for all. */
  readonly tenants: readonly string[];
  readonly endpoint?: string;
}

interface PlainVersions {
  readonly of: 'plain';
  readonly before: PlainFiles;
  readonly after: PlainFiles;
}

/** What the version after is called: the files as they are, committed or not. */
const WORKING_TREE = 'working tree';

/** Two versions that have been read. */
export interface Comparison {
  /** Whether anybody has to be asked. */
  readonly asks: boolean;
  readonly compare: (options: DiffOptions) => Promise<Compared>;
}

/** Reads both versions. @throws ProblemsError with the mistakes in them, Expected for one that is not there */
export const comparisonOf = async (root: string, before: ComparedWith): Promise<Comparison> =>
  before.of === 'plain' ? plainDiff(before) : projectDiff(root, before);

async function plainDiff({ before, after }: PlainVersions): Promise<Comparison> {
  const [old, fresh] = await Promise.all([readPlain(before), readPlain(after)]);
  return {
    asks: true,
    async compare(options) {
      const diffs = [await diffSet({ name: fresh.name, before: old, after: fresh }, options)];
      return { before: before.policies, after: after.policies, diffs, live: [] };
    },
  };
}

async function projectDiff(root: string, given: ProjectVersion): Promise<Comparison> {
  const { name, tenants } = given;
  const sources = await sourcesOf(root, name);
  if (sources) return sourcesDiff(root, { name, sources, tenants });
  if (isTableName(name)) return tableDiff(root, given);
  throw new Expected(
    `"${name}" is neither a folder with tenants/, nor a git revision, nor the name of a policy table (…-policies)`,
  );
}

/** Only tenants whose files differ are read, and of those only the ones that are asked about. */
async function sourcesDiff(
  root: string,
  { name, sources, tenants }: { name: string; sources: Sources; tenants: readonly string[] },
): Promise<Comparison> {
  const now = await folderSources(root);
  if (!now) throw new Expected('there is no folder tenants here — run this in the folder of a project');
  const known = new Set([...tenantSlugs(sources), ...tenantSlugs(now)]);
  const asked = tenants.length === 0 ? known : new Set(tenants);
  refuseUnknown(asked, known);
  const only = new Set([...changedTenants(sources, now)].filter((slug) => asked.has(slug)));
  const rest = [...asked].filter((slug) => !only.has(slug)).map(unchanged);
  // One after the other: files have a second to run in, also on a machine that has little to spare.
  const versions =
    only.size === 0
      ? undefined
      : ([await loadSources(root, { name, sources, only }), await load(root, only)] as const);
  return {
    asks: versions !== undefined,
    async compare(options) {
      const changed = versions ? await diffTenants(...versions, options) : [];
      const diffs = [...changed, ...rest].sort((a, b) => (a.set < b.set ? -1 : 1));
      return { before: name, after: WORKING_TREE, diffs, live: [] };
    },
  };
}

async function tableDiff(root: string, { name, tenants, endpoint }: ProjectVersion): Promise<Comparison> {
  const after = await loadProject(root);
  const [deployed, live] = await withPolicyTable(
    root,
    { name, ...(endpoint !== undefined && { endpoint }) },
    async (table) => {
      const found = await deployedTenants(table, after.tenants);
      const schemas = new Map(found.map(({ slug, schema }) => [slug, jsonOf(schema)]));
      return [found, livePolicies(table, after.model, schemas)];
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
  return {
    asks: true,
    async compare(options) {
      const diffs = await diffTenants(before, withLive(after), options);
      const told = live.filter(({ slug }) => asked.has(slug)).map(shown);
      return { before: name, after: WORKING_TREE, diffs, live: told };
    },
  };
}

function jsonOf({ cedarJson }: StoreSchema): object {
  const json: object = JSON.parse(cedarJson);
  return json;
}

const shown = (live: LivePolicy): Live => ({
  set: live.slug,
  id: live.id,
  text: 'text' in live ? live.text : `rejected: ${live.refused}`,
});

function refuseUnknown(asked: ReadonlySet<string>, known: ReadonlySet<string>): void {
  const missing = [...asked].find((slug) => !known.has(slug));
  if (missing !== undefined) throw new Expected(`there is no tenant "${missing}" in either version`);
}
