import { entityKey } from '../../../cedar/slice.ts';
import { namedEntities } from '../named-entities.ts';
import type { PolicySet } from '../policy-set.ts';
import type { Oracle, Semantics } from '../verdict.ts';
import type { Finding } from './finding.ts';
import { operationFindings } from './operations.ts';
import { policyFindings } from './policies.ts';

/** What is told while it goes on: it may take minutes. */
export type Progress = (what: string) => void;

/** Everything to be said of one set of policies, sorted by place. */
export async function lint(
  set: PolicySet,
  { oracle, semantics, progress }: { oracle: Oracle; semantics: Semantics; progress: Progress },
): Promise<Finding[]> {
  const asking = { oracle, semantics, schema: set.schema };
  const findings: Finding[] = [];
  for (const policy of set.policies) {
    progress(`${set.name}: ${policy.id}`);
    findings.push(...(await policyFindings(asking, set, policy)));
  }
  progress(`${set.name}: operations`);
  findings.push(...unusedGroups(set), ...(await operationFindings(asking, set)));
  return findings.sort(byPlace);
}

/** Groups that a tenant declares and no policy of it names. */
function unusedGroups({ name, file, policies, ownGroups = [] }: PolicySet): Finding[] {
  const used = new Set(policies.flatMap(({ policy }) => [...namedEntities(policy).keys()]));
  return ownGroups
    .filter((group) => !used.has(entityKey(group)))
    .map(({ id }) => ({
      code: 'UNUSED_GROUP',
      severity: 'warning',
      set: name,
      site: { file, line: 1, column: 1 },
      message: `no policy names the group ${id.slice(name.length + 1)}`,
      remedy: 'write what its members may do, or remove it',
      certainty: { kind: 'proved', by: 'scopes' },
    }));
}

function byPlace({ site: a, message: m }: Finding, { site: b, message: n }: Finding): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column || (m < n ? -1 : m > n ? 1 : 0);
}
