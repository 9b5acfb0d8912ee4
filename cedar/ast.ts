/**
 * A Cedar policy as frozen data: what the builders make, what the printer prints, what projection and slicing read.
 * Type names are fully qualified (`Payments::User`), because a statement read back from a store has no other form.
 */

/** A place in a source file. Lines and columns count from 1. */
export interface Site {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface EntityUid {
  readonly type: string;
  readonly id: string;
}

/**
 * An entity named in a policy. `owned`: a principal or group of the tenant, whose printed id gets the tenant's
 * prefix (`acme|PAYEE_MGMT`), so that no policy can name somebody else's principal.
 */
export interface EntityLiteral extends EntityUid {
  readonly owned?: true;
}

/** Stands for an entity until a template is linked. */
export interface Slot {
  readonly slot: 'principal' | 'resource';
}

/** Constraint on the principal or the resource in a policy's scope. */
export type EntityScope =
  | { readonly kind: 'any' }
  | { readonly kind: '=='; readonly entity: EntityLiteral | Slot }
  | { readonly kind: 'in'; readonly entity: EntityLiteral | Slot }
  | { readonly kind: 'is'; readonly type: string }
  | { readonly kind: 'is in'; readonly type: string; readonly entity: EntityLiteral | Slot };

/** Constraint on the action. `in` lists actions and action groups alike, as Cedar does. */
export type ActionScope =
  | { readonly kind: 'any' }
  | { readonly kind: '=='; readonly action: EntityUid }
  | { readonly kind: 'in'; readonly actions: readonly EntityUid[] };

export type Variable = 'principal' | 'action' | 'resource' | 'context';
export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';
export type Arithmetic = '+' | '-' | '*';
/** Constructors of extension types; their argument is always one string literal (strict validation demands it). */
export type Constructor = 'ip' | 'decimal' | 'datetime' | 'duration';
/** Calls written `receiver.name(argument, ...)`. */
export type Method =
  | 'contains' | 'containsAll' | 'containsAny' | 'isEmpty' | 'getTag' | 'hasTag'
  | 'isIpv4' | 'isIpv6' | 'isLoopback' | 'isMulticast' | 'isInRange'
  | 'lessThan' | 'lessThanOrEqual' | 'greaterThan' | 'greaterThanOrEqual'
  | 'offset' | 'durationSince' | 'toDate' | 'toTime'
  | 'toMilliseconds' | 'toSeconds' | 'toMinutes' | 'toHours' | 'toDays'; // prettier-ignore

/** One piece of a `like` pattern: text to match exactly, or any run of characters. */
export type PatternPart = { readonly text: string } | 'wildcard';

/** Where the expression was written, when it was written in a builder. */
interface Placed {
  readonly at?: Site;
}

/** `and` and `or` hold any number of operands (at least one): the printer balances them, see cedar/balance.ts. */
export type Expr = Placed &
  (
    | { readonly kind: 'literal'; readonly value: boolean | bigint | string }
    | { readonly kind: 'entity'; readonly entity: EntityLiteral }
    | { readonly kind: 'variable'; readonly name: Variable }
    | { readonly kind: 'slot'; readonly slot: Slot['slot'] }
    | { readonly kind: 'and' | 'or'; readonly of: readonly Expr[] }
    | { readonly kind: 'not' | 'negate'; readonly of: Expr }
    | { readonly kind: 'compare'; readonly op: Comparison; readonly left: Expr; readonly right: Expr }
    | { readonly kind: 'arithmetic'; readonly op: Arithmetic; readonly left: Expr; readonly right: Expr }
    | { readonly kind: 'in'; readonly left: Expr; readonly right: Expr }
    | { readonly kind: 'is'; readonly of: Expr; readonly type: string; readonly in?: Expr }
    | { readonly kind: 'has'; readonly of: Expr; readonly name: string }
    | { readonly kind: 'attribute'; readonly of: Expr; readonly name: string }
    | { readonly kind: 'like'; readonly of: Expr; readonly pattern: readonly PatternPart[] }
    | { readonly kind: 'if'; readonly test: Expr; readonly yes: Expr; readonly no: Expr }
    | { readonly kind: 'set'; readonly of: readonly Expr[] }
    | { readonly kind: 'record'; readonly entries: readonly (readonly [name: string, value: Expr])[] }
    | { readonly kind: 'construct'; readonly fn: Constructor; readonly text: string }
    | { readonly kind: 'call'; readonly method: Method; readonly of: Expr; readonly with: readonly Expr[] }
  );

export interface Clause extends Placed {
  readonly kind: 'when' | 'unless';
  readonly body: Expr;
}

export interface Policy extends Placed {
  readonly id: string;
  readonly effect: 'permit' | 'forbid';
  readonly principal: EntityScope;
  readonly action: ActionScope;
  readonly resource: EntityScope;
  readonly clauses: readonly Clause[];
  readonly annotations: Readonly<Record<string, string>>;
}
