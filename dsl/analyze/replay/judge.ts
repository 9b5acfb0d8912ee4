import { LRUCache } from 'lru-cache';
import type { Expr, Policy } from '../../../cedar/ast.ts';
import { operands } from '../../../cedar/balance.ts';
import { actionAncestors, actionType } from '../../../cedar/closure.ts';
import { preparePolicies, type PreparedPolicies } from '../../../cedar/engine.ts';
import { canErr } from '../../../cedar/known.ts';
import type { Model } from '../../../cedar/model.ts';
import { printPolicy } from '../../../cedar/print.ts';
import { entityKey, scopeAncestors, sliceFor } from '../../../cedar/slice.ts';
import { rulesOf } from '../../testing/rules.ts';
import type { Tenant } from '../../tenants/tenant.ts';
import type { Semantics } from '../verdict.ts';
import { type RecordedKind, unrecorded } from './known.ts';
import type { Recorded } from './record.ts';

/** What a record's request would come to now. */
export type Outcome =
  | { readonly decision: 'allow' | 'deny'; readonly by: readonly string[] }
  /** `because`: what would have to be known, and was not recorded. */
  | { readonly decision: 'unknown'; readonly because: readonly string[] };

/** A policy, as far as records of one kind can tell whether it matches. */
interface Judged {
  readonly policy: Policy;
  /** What it reads beyond that. Such a policy may match where its known part does. */
  readonly missing: readonly string[];
  readonly mayErr: boolean;
}

/** Policies for one kind of request. */
interface Bench {
  readonly judged: ReadonlyMap<string, Judged>;
  /** Each policy taken as a permit, so that the engine names all that match. */
  readonly matching: PreparedPolicies;
}

/** As many as a busy log is about; a bench is made anew in a few milliseconds. */
const BENCHES_KEPT = 500;

/** Judges recorded requests by the policies of tenants. */
export function judge(model: Model, tenants: ReadonlyMap<string, Tenant>, semantics: Semantics) {
  const benches = new LRUCache<string, Bench>({ max: BENCHES_KEPT });

  return (record: Recorded): Outcome | undefined => {
    const tenant = tenants.get(record.tenant);
    const action = model.actions[record.action];
    if (!tenant || !action) return undefined;
    if (
      !action.principals.includes(record.principalType) ||
      !action.resources.includes(record.resourceType)
    ) {
      return { decision: 'deny', by: [] };
    }
    const { phase, principalType, resourceType } = record;
    const key = JSON.stringify([record.tenant, phase, record.action, principalType, resourceType]);
    const bench = benches.get(key) ?? benchFor(model, tenant, record, key);
    benches.set(key, bench);
    return outcomeOf(bench, record, semantics);
  };
}

function benchFor(model: Model, tenant: Tenant, record: Recorded, key: string): Bench {
  const judged = judgedPolicies(model, tenant, record);
  const texts = [...judged].map(([id, { policy }]) => ({
    id,
    text: printPolicy({ ...policy, effect: 'permit', annotations: {} }, { prefix: tenant.slug }),
  }));
  return { judged, matching: preparePolicies(`replay ${key}`, texts) };
}

/** What the policies for such a request read that its record does not have, by their ids. */
export const missingFacts = (
  model: Model,
  tenant: Tenant,
  record: Recorded,
): ReadonlyMap<string, readonly string[]> =>
  new Map([...judgedPolicies(model, tenant, record)].map(([id, { missing }]) => [id, missing]));

function judgedPolicies(model: Model, tenant: Tenant, record: Recorded): ReadonlyMap<string, Judged> {
  const policies = rulesOf({ model, tenant, phase: record.phase }).map(({ policy }) => policy);
  const actions = [record.action, ...actionAncestors(model, record.action)].map((id) =>
    entityKey({ type: actionType(model), id }),
  );
  const fitting = sliceFor(policies, {
    principalType: `${model.namespace}::${record.principalType}`,
    ancestors: scopeAncestors(policies),
    actions: new Set(actions),
    resourceType: `${model.namespace}::${record.resourceType}`,
  });
  const kind: RecordedKind = {
    model,
    action: record.action,
    principal: record.principalType,
    resource: record.resourceType,
  };
  return new Map(fitting.map((policy) => [policy.id, knownPart(policy, kind)]));
}

/** A policy without the conditions that records cannot decide. */
function knownPart(policy: Policy, kind: RecordedKind): Judged {
  const missing: string[] = [];
  let mayErr = false;
  const isKnown = (expr: Expr): boolean => {
    const reads = unrecorded(expr, kind);
    missing.push(...reads);
    if (reads.length > 0 && canErr(expr)) mayErr = true;
    return reads.length === 0;
  };
  const { resource } = policy;
  // A resource is in something only where its ancestors say so.
  const openScope =
    (resource.kind === 'in' || resource.kind === 'is in') &&
    (kind.model.entityTypes[kind.resource]?.parents ?? []).length > 0;
  if (openScope) missing.push('ancestors of the resource');
  const clauses = policy.clauses.flatMap((clause) => {
    const { kind: word, body } = clause;
    if (word === 'unless') return isKnown(body) ? [clause] : [];
    const known = (body.kind === 'and' ? operands(body) : [body]).filter(isKnown);
    return known.length > 0 ? [{ ...clause, body: { kind: 'and' as const, of: known } }] : [];
  });
  return {
    policy: { ...policy, clauses, ...(openScope && { resource: { kind: 'any' as const } }) },
    missing: [...new Set(missing)].sort(),
    mayErr,
  };
}

function outcomeOf({ judged, matching }: Bench, { request }: Recorded, semantics: Semantics): Outcome {
  const { reasons, errors } = matching.authorize(request);
  const erring = new Set(errors.map(({ id }) => id));
  const holding = new Set(reasons);
  const sure = (effect: Policy['effect']): string[] =>
    [...judged]
      .filter(
        ([id, { policy, missing }]) => policy.effect === effect && missing.length === 0 && holding.has(id),
      )
      .map(([id]) => id);
  const maybe = [...judged.values()].filter(
    ({ policy: { id }, missing, mayErr }) =>
      missing.length > 0 && (mayErr || holding.has(id) || erring.has(id)),
  );
  const forbids = sure('forbid');
  const permits = sure('permit');
  const failed = [...erring].filter((id) => judged.get(id)?.missing.length === 0);
  if (forbids.length > 0) return { decision: 'deny', by: forbids };
  if (semantics === 'enforced' && failed.length > 0) return { decision: 'deny', by: failed };
  const because = (some: readonly Judged[]): Outcome => ({
    decision: 'unknown',
    because: [...new Set(some.flatMap(({ missing }) => missing))].sort(),
  });
  const mayAllow = maybe.filter(({ policy }) => policy.effect === 'permit');
  if (permits.length === 0 && mayAllow.length === 0) return { decision: 'deny', by: [] };
  const mayDeny = maybe.filter(
    ({ policy, mayErr }) => policy.effect === 'forbid' || (mayErr && semantics === 'enforced'),
  );
  if (mayDeny.length > 0) return because(maybe);
  return permits.length > 0 ? { decision: 'allow', by: permits } : because(mayAllow);
}
