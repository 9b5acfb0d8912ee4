import type { Policy } from '../../../cedar/ast.ts';
import type { Environment } from '../environments.ts';
import type { AnalyzedPolicy, PolicySet } from '../policy-set.ts';

/** A policy among those that it answers with. */
export interface Subject {
  readonly own: AnalyzedPolicy;
  readonly set: PolicySet;
  /** The kinds of request that its scope lets through. */
  readonly environments: readonly Environment[];
  readonly all: readonly Policy[];
  readonly others: readonly Policy[];
}

/** A policy's conditions, asked alone: taken as a permit, it allows exactly where it matches. */
export const alone = (policy: Policy): Policy => ({ ...policy, effect: 'permit' });
