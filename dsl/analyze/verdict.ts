import type { AuthorizationRequest } from '../../cedar/engine.ts';
import type { EntityUid, Policy } from '../../cedar/ast.ts';
import type { Environment } from './environments.ts';
import type { Schema } from './schema.ts';

/**
 * How sure an answer is. `proved`: of all well-formed requests. `counterexample`: Cedar's engine gave it, for a request
 * that is shown. `sampled`: nothing was found in so many requests, which is never "safe". `unknown`: nobody can say.
 */
export type Certainty =
  | { readonly kind: 'proved'; readonly by: 'scopes' | 'solver' }
  | { readonly kind: 'counterexample' }
  | { readonly kind: 'sampled'; readonly requests: number }
  | { readonly kind: 'unknown'; readonly because: string };

/** Which decision is meant: Cedar allows and no policy errs; or what Cedar alone says. */
export type Semantics = 'enforced' | 'cedar';

/** A part of a question: these policies, alone, come to this decision. */
export interface Premise {
  readonly policies: readonly Policy[];
  readonly decision: 'allow' | 'deny';
}

/**
 * Is there a well-formed request of the environment for which all premises hold? Policies have final ids and no slots
 * (see `finalPolicy`). Everything that analysis asks is asked in this form: "p never applies" is "no request is allowed
 * by p alone, taken as a permit"; "removing p changes nothing" is two questions with two premises each.
 */
export interface Question {
  readonly schema: Schema;
  readonly environment: Environment;
  readonly premises: readonly Premise[];
  readonly semantics: Semantics;
  /** All ancestors of the principal, closed; absent: it may be in anything that its type allows. */
  readonly principalIn?: readonly EntityUid[];
}

/** `found`: a request for which Cedar's engine was asked, and the premises hold. */
export type Answer =
  | { readonly kind: 'found'; readonly request: AuthorizationRequest }
  | { readonly kind: 'none'; readonly how: Exclude<Certainty, { kind: 'counterexample' | 'unknown' }> }
  | { readonly kind: 'unknown'; readonly because: string };

/** Who answers questions: scope algebra, enumeration through the engine, a solver. */
export interface Oracle {
  /** Name and version of the solver, where there is one: answers are as good as it is. */
  readonly solver?: string;
  readonly find: (question: Question) => Promise<Answer>;
}

const RANK: Readonly<Record<Certainty['kind'], number>> = {
  counterexample: 0,
  proved: 1,
  sampled: 2,
  unknown: 3,
};

/** How sure one is of what must hold in two kinds of request. */
export function weaker(a: Certainty, b: Certainty): Certainty {
  if (a.kind === 'sampled' && b.kind === 'sampled') {
    return { kind: 'sampled', requests: a.requests + b.requests };
  }
  if (a.kind === 'proved' && b.kind === 'proved') return a.by === 'solver' ? a : b;
  return RANK[a.kind] > RANK[b.kind] ? a : b;
}

/** In the words of a report: `proved`, `sampled in 200`, `unknown because …`. */
export function certaintyText(certainty: Certainty): string {
  switch (certainty.kind) {
    case 'proved':
      return 'proved';
    case 'counterexample':
      return 'counterexample';
    case 'sampled':
      return `sampled in ${certainty.requests}`;
    default:
      return `unknown because ${certainty.because}`;
  }
}
