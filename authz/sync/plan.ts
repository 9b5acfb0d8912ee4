import { mayErr } from './may-err.ts';
import type { StoredPolicy, StorePolicy } from './policy-store.ts';
import { haveSameScope, holdOn, readStored } from './store-policy.ts';

export type Write =
  | { readonly kind: 'create'; readonly policy: StorePolicy }
  | { readonly kind: 'update'; readonly policyId: string; readonly policy: StorePolicy }
  /** By the store's id or by name. */
  | { readonly kind: 'delete'; readonly policyId: string };

/**
 * How a store gets from what it holds to what it should hold. Each step must be visible before the next begins; inside
 * one, writes may become visible in any order. Then, at every moment, whatever is allowed is allowed by the old policies
 * or by the new: while old and new permits stand side by side, all old and all new forbids stand beside them.
 */
export interface Plan {
  /** New forbids and holds. Can only take away, so this step may begin at any time. */
  readonly forbids: readonly Write[];
  /** New permits, and those whose condition changes. */
  readonly permits: readonly Write[];
  readonly oldPermits: readonly Write[];
  /** Old forbids, and the holds. */
  readonly oldForbids: readonly Write[];
}

/**
 * @param actual an up-to-date listing; from an older one only `forbids` may be carried out
 * @param withToken whether the store is asked with tokens
 */
export function planChanges(
  actual: readonly StoredPolicy[],
  desired: readonly StorePolicy[],
  withToken = false,
): Plan {
  const named = new Map(actual.map((policy) => [policy.name, policy]));
  const wanted = new Set(desired.map(({ name }) => name));
  const gone = actual.filter(({ name }) => name === undefined || !wanted.has(name));
  const changes = desired.map((policy) => ({ policy, writes: writesFor(policy, named.get(policy.name)) }));

  const writesOf = (effect: string): Write[] =>
    changes.filter(({ policy }) => policy.effect === effect).flatMap(({ writes }) => writes);
  const deletesOf = (effect: string): Write[] =>
    gone.filter((policy) => policy.effect === effect).map(({ policyId }) => ({ kind: 'delete', policyId }));

  const changing = changes.filter(({ writes }) => writes.length > 0).map(({ policy }) => policy);
  const replaced = changing.flatMap(({ name }) => named.get(name) ?? []);
  const holds = holdsFor([...changing, ...replaced, ...gone], withToken);
  const newHolds = holds.filter(({ name }) => !named.has(name));
  return {
    forbids: [...newHolds.map((policy) => ({ kind: 'create', policy }) as const), ...writesOf('forbid')],
    permits: writesOf('permit'),
    oldPermits: deletesOf('permit'),
    oldForbids: [
      ...deletesOf('forbid'),
      ...newHolds.map(({ name }) => ({ kind: 'delete', policyId: name }) as const),
    ],
  };
}

export const isEmpty = (plan: Plan): boolean =>
  [plan.forbids, plan.permits, plan.oldPermits, plan.oldForbids].every(({ length }) => length === 0);

/**
 * A forbid's name has the hash of its text, so another text under it is somebody else's edit, and so is another scope
 * under a permit's name. Such an edit is no release: it is undone in place.
 */
function writesFor(policy: StorePolicy, stored: StoredPolicy | undefined): readonly Write[] {
  if (!stored) return [{ kind: 'create', policy }];
  if (stored.statement === policy.statement) return [];
  const { policyId, statement } = stored;
  if (statement !== undefined && haveSameScope(statement, policy.statement)) {
    return [{ kind: 'update', policyId, policy }];
  }
  return [
    { kind: 'delete', policyId },
    { kind: 'create', policy },
  ];
}

/**
 * An error in any policy denies, so a permit that errs takes away what other permits give, like a forbid. While such
 * permits come, change or go one by one, some moment may lack the error that old and new policies both have: their whole
 * scope is denied for that while.
 */
function holdsFor(
  policies: readonly { effect: string; statement?: string }[],
  withToken: boolean,
): readonly StorePolicy[] {
  const holds = policies
    .filter(({ effect }) => effect === 'permit')
    .flatMap(({ statement }) => readStored(statement) ?? [])
    .filter((policy) => mayErr(policy, withToken))
    .map(holdOn);
  return [...new Map(holds.map((hold) => [hold.name, hold])).values()];
}
