import type { Hierarchy } from './hierarchy.ts';
import type { RequestValues } from './request-values.ts';
import type { Script } from '../language/script.ts';
import type { Sets } from './sets.ts';
import { fits, type Sorts } from '../language/sorts.ts';
import { scalar, type Scalar, type Value } from './symbolic.ts';
import { FALSE, not, type Term } from '../language/term.ts';

/** All requests of an environment, and what has been said of them so far. */
export interface Encoding {
  readonly script: Script;
  readonly sorts: Sorts;
  readonly sets: Sets;
  readonly hierarchy: Hierarchy;
  readonly values: RequestValues;
  readonly variables: Readonly<Record<'principal' | 'action' | 'resource', Scalar>>;
}

/** What an expression comes to. Where `errs` is true there is no value, and `value` means nothing. */
export interface Outcome {
  readonly value: Value;
  readonly errs: Term;
}

/** What never errs. */
export const sure = (value: Value): Outcome => ({ value, errs: FALSE });
/** A truth value that never errs. */
export const bool = (term: Term): Outcome => sure(scalar({ kind: 'Bool' }, term));
/** The result of arithmetic, which errs where it does not fit. */
export const fitting = (kind: 'Long' | 'datetime' | 'duration', term: Term): Outcome => ({
  value: scalar({ kind }, term),
  errs: not(fits(term)),
});
