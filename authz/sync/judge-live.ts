import { sha256Hex } from '../../cedar/hash.ts';
import type { SnapshotPolicy } from '../tables/sync-state.ts';
import { compile, type GatewayForm, reasonOf } from './compile.ts';
import { checkLive, liveId, type LiveRules } from './live.ts';
import type { StoreSchemas } from './release.ts';
import { readPolicy } from './read-policy.ts';
import { enforced, rejected, type Verdict, type Verdicts } from './verdict.ts';

export interface JudgedLive {
  readonly policies: readonly SnapshotPolicy[];
  readonly verdicts: Verdicts;
}

/**
 * Judges live policies, each on its own: whatever is wrong with one stops no other, nor the release.
 * @param live id without prefix -> statement
 * @param last the live policies that were last published
 */
export function judgeLive(
  live: ReadonlyMap<string, unknown>,
  schemas: StoreSchemas,
  form: GatewayForm,
  rules: LiveRules,
  last: readonly SnapshotPolicy[],
): JudgedLive {
  const judged = [...live].map(([id, statement]) => {
    const before = last.find((policy) => policy.id === liveId(id));
    const { policy, verdict } = judgeOne(id, statement, schemas, form, rules);
    if (policy || !before) return { id, policy, verdict };
    return { id, ...keepBrake(before, verdict, schemas, form) };
  });
  return {
    policies: judged.flatMap(({ policy }) => policy ?? []),
    verdicts: Object.fromEntries(judged.map(({ id, verdict }) => [liveId(id), verdict])),
  };
}

interface Judged {
  readonly policy?: SnapshotPolicy | undefined;
  readonly verdict: Verdict;
}

function judgeOne(
  id: string,
  statement: unknown,
  schemas: StoreSchemas,
  form: GatewayForm,
  rules: LiveRules,
): Judged {
  const sha256 = sha256Hex(typeof statement === 'string' ? statement : '');
  try {
    const text = checkLive(id, statement, rules);
    const { policies, reason } = compileOne(liveId(id), text, schemas, form);
    return { policy: policies[0], verdict: reason ? rejected(sha256, reason) : enforced(sha256) };
  } catch (error) {
    return { verdict: rejected(sha256, reasonOf(error)) };
  }
}

/** A typing mistake in an edit must not release the brake: while the item stands, its last valid forbid holds. */
function keepBrake(
  before: SnapshotPolicy,
  verdict: Verdict,
  schemas: StoreSchemas,
  form: GatewayForm,
): Judged {
  const [policy] = compileOne(before.id, before.statement, schemas, form).policies;
  if (!policy || readPolicy(policy.id, policy.statement).effect !== 'forbid') return { verdict };
  return { policy, verdict: { ...verdict, reason: `${verdict.reason}; the version before stays enforced` } };
}

function compileOne(id: string, text: string, schemas: StoreSchemas, form: GatewayForm) {
  const { full, gateway } = schemas;
  if (full === undefined || gateway === undefined) {
    return { policies: [], reason: '[SCHEMA_MISSING] a policy store has no schema yet — deploy the tenant' };
  }
  const { policies, rejected: faults } = compile(new Map([[id, text]]), { full, gateway }, form);
  return { policies, reason: faults.get(id) };
}
