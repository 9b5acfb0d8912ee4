import { checkLive, liveId } from '../authz/sync/live.ts';
import { validate } from '../cedar/engine.ts';
import { sha256Hex } from '../cedar/hash.ts';
import type { Model } from '../cedar/model.ts';
import { PolicyError } from '../cedar/policy-error.ts';
import { parseCedar } from '../cedar/text/policies.ts';
import type { Finding } from '../dsl/analyze/lint/finding.ts';
import { type LiveItem, liveFindings } from '../dsl/analyze/lint/live.ts';
import type { PolicySet, TenantPolicies } from '../dsl/analyze/policy-set.ts';
import { loadModel } from '../dsl/schema/model.ts';
import { type PolicyTable, type TableChoice, withPolicyTable } from './policy-table.ts';

type Compiled = TenantPolicies['policies'][number];

/** A live item: the policy that is enforced, or why none is. */
export type LivePolicy = { readonly slug: string; readonly id: string } & (
  | { readonly policy: Compiled; readonly text: string }
  | { readonly refused: string }
);

/**
 * The live policies of a table, judged as the sync does: by their own text, and against each tenant's schema.
 * @param schemas of the tenants that are asked about, by slug, in Cedar's JSON form
 */
export function livePolicies(
  table: PolicyTable,
  model: Model,
  schemas: ReadonlyMap<string, object>,
): LivePolicy[] {
  return [...schemas].flatMap(([slug, schema]) =>
    [...(table.tenants.get(slug)?.live ?? [])].map(([id, statement]) =>
      judged(table, model, { slug, schema, id, statement }),
    ),
  );
}

function judged(
  table: PolicyTable,
  model: Model,
  { slug, schema, id, statement }: { slug: string; schema: object; id: string; statement: unknown },
): LivePolicy {
  const name = liveId(id);
  try {
    const text = checkLive(id, statement, { allowed: 'any', model });
    const wrong = validate({ schema, policies: { [name]: text } }).find(
      ({ severity, code }) => severity === 'error' && code !== 'IMPOSSIBLE_POLICY',
    );
    if (wrong) return { slug, id: name, refused: `[${wrong.code}] ${wrong.message}` };
    const [policy] = parseCedar(text, table.name).policies;
    if (!policy) return { slug, id: name, refused: 'it is no Cedar' };
    const site = { file: table.name, line: 1, column: 1 };
    const compiled = { id: name, guardrail: false, policy: { ...policy, id: name, at: site }, site };
    return { slug, id: name, policy: { ...compiled, sha256: sha256Hex(text) }, text };
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    return { slug, id: name, refused: `[${error.code}] ${error.message}` };
  }
}

/** Whether live permits are enforced, the stack's config says; without them nothing that opens is overlooked. */
export const enforcedLive = (live: readonly LivePolicy[], slug: string): Compiled[] =>
  live.flatMap((each) =>
    each.slug === slug && 'policy' in each && each.policy.policy.effect === 'forbid' ? [each.policy] : [],
  );

/** The live policies beside tenants, to be linted among their own, and what is to be said of them as such. */
export async function withLive(
  root: string,
  sets: readonly PolicySet[],
  choice: TableChoice | undefined,
): Promise<{ readonly sets: readonly PolicySet[]; readonly live: readonly Finding[] }> {
  if (!choice) return { sets, live: [] };
  return withPolicyTable(root, choice, async (table) => {
    const schemas = new Map(sets.map(({ name, schema }) => [name, schema.resolved]));
    const live = livePolicies(table, loadModel(root), schemas);
    return {
      sets: sets.map((set) => ({ ...set, policies: [...set.policies, ...enforcedLive(live, set.name)] })),
      live: liveFindings(live.map((each) => itemOf(each, table.name))),
    };
  });
}

function itemOf(live: LivePolicy, table: string): LiveItem {
  const { slug: set, id } = live;
  if ('refused' in live) return { set, id, table, state: { is: 'rejected', reason: live.refused } };
  const text = live.text.replaceAll(/\s+/g, ' ');
  const is = live.policy.policy.effect === 'forbid' ? 'enforced' : 'permit';
  return { set, id, table, state: { is, text } };
}
