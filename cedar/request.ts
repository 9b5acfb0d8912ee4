import type { EntityUid } from './ast.ts';

/** A value in Cedar's JSON form: extension values as `{ __extn: { fn, arg } }`, entities as `{ __entity }`. */
export type CedarJson =
  | string
  | number
  | boolean
  | readonly CedarJson[]
  | { readonly [name: string]: CedarJson };

export interface EntityData {
  readonly uid: EntityUid;
  readonly attrs: Readonly<Record<string, CedarJson>>;
  readonly parents: readonly EntityUid[];
  /** Where its type has tags. */
  readonly tags?: Readonly<Record<string, CedarJson>>;
}

export interface AuthorizationRequest {
  readonly principal: EntityUid;
  readonly action: EntityUid;
  readonly resource: EntityUid;
  readonly context: Readonly<Record<string, CedarJson>>;
  /** With all ancestors as parents, the action's own entity included: the engine knows no schema here. */
  readonly entities: readonly EntityData[];
}

/** What the engine answers. Messages may quote values of the request: not for logs. */
export interface AuthorizationResult {
  readonly decision: 'allow' | 'deny';
  /** Ids of the policies that decided, sorted. */
  readonly reasons: readonly string[];
  /** Policies that could not be evaluated, sorted by id. */
  readonly errors: readonly { readonly id: string; readonly message: string }[];
}

/**
 * The enforced decision: Cedar allows and no policy errs. Cedar skips a `forbid` that errs,
 * so an allow beside an error may be an allow that a `forbid` was meant to prevent.
 */
export const enforced = ({ decision, errors }: AuthorizationResult): 'allow' | 'deny' =>
  decision === 'allow' && errors.length === 0 ? 'allow' : 'deny';

/** Whether every number is an integer that JSON carries exactly; the engine rounds or refuses others. */
export function hasExactNumbers(value: CedarJson): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value);
  if (typeof value !== 'object') return true;
  return (Array.isArray(value) ? value : Object.values(value)).every(hasExactNumbers);
}
