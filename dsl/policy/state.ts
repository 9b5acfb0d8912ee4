import type { ActionScope, Clause, EntityLiteral, Policy, Site, Slot } from '../../cedar/ast.ts';
import type { Problem } from '../check/problem.ts';
import { BuilderError } from './builder-error.ts';
import type { Names } from './vocabulary.ts';

/** What has been said of the principal or of the resource. */
export interface Target {
  readonly type?: string;
  /** The type that the group allows, where nothing else is said. */
  readonly impliedType?: string;
  readonly relation?: { readonly kind: '==' | 'in'; readonly entity: EntityLiteral | Slot };
}

/** A policy so far. */
export interface State {
  readonly names: Names;
  /** Where `permit()` or `forbid()` was called. */
  readonly at: Site;
  readonly effect: Policy['effect'];
  readonly principal: Target;
  readonly resource: Target;
  readonly action?: ActionScope;
  readonly clauses: readonly Clause[];
  readonly annotations: Readonly<Record<string, string>>;
  readonly id?: string;
  /** Mistakes made on the way: they are collected, so that all of a file are shown at once. */
  readonly problems: readonly Problem[];
}

/** What one call makes of the state. Throws `BuilderError`. */
export type Step = (state: State, at: Site, ...args: readonly unknown[]) => State;

export const startOf = (names: Names, effect: Policy['effect'], at: Site): State => ({
  names,
  at,
  effect,
  principal: {},
  resource: {},
  clauses: [],
  annotations: {},
  problems: [],
});

/** Takes a step. A mistake in it leaves the state as it was, and is added to its problems. */
export function collecting(state: State, step: (state: State) => State): State {
  try {
    return step(state);
  } catch (error) {
    if (!(error instanceof BuilderError)) throw error;
    return { ...state, problems: [...state.problems, error.problem] };
  }
}
