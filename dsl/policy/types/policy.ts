import type { Bool } from './bool.ts';
import type { PolicyTypeError } from './error.ts';
import type { SchemaShape } from './schema.ts';
import type { Scope } from './scope.ts';

declare const needs: unique symbol;
declare const open: unique symbol;
declare const types: unique symbol;

/**
 * What a tenant's list takes. `X`, the extension, is contravariant: a tenant takes policies that need its attributes
 * or fewer. `Open`: slots that no link has filled yet.
 */
export interface Policy<in X, out Open = never> {
  readonly [needs]: (extension: X) => void;
  readonly [open]: Open;
}

/** A policy that knows its slots and which entity types they can take. */
export interface Typing<P, R, Open> {
  readonly [types]: { principal: P; resource: R; open: Open };
}

/** What is said where a template stands for a policy. */
type Unlinked<Open> = [Open] extends [never]
  ? never
  : PolicyTypeError<[Open, 'has no value yet: list what link(template, id, values) returns']>;

export type Slot = '?principal' | 'in ?principal' | '?resource' | 'in ?resource';

/**
 * The part of the builder that knows neither the tenant's groups nor what was set before, hence is shared by all
 * tenants of one vocabulary. Immutable: every call returns a new policy.
 *
 * A `Policy` and a `Typing`, without extending them: that was 8% of the instantiations of 1,000 policies.
 */
export interface Clauses<
  in out S extends SchemaShape,
  in out P extends string,
  in out R extends string,
  in out C extends string,
  in out Open,
> {
  readonly [needs]: (extension: S['extension']) => void;
  readonly [open]: Unlinked<Open>;
  readonly [types]: { principal: P; resource: R; open: Open };
  /**
   * Applies only where the condition holds; several must all hold.
   * `forbid().when(({ principal }) => principal.department.eq('x'))` prints
   * `forbid (principal, action, resource) when { principal.department == "x" };`.
   */
  when(condition: (scope: Scope<S, P, R, C>) => Bool): Clauses<S, P, R, C, Open>;
  /**
   * Applies only where the condition does not hold: `forbid().unless(({ principal }) => principal.department.eq('x'))`
   * prints `forbid (principal, action, resource) unless { principal.department == "x" };`.
   */
  unless(condition: (scope: Scope<S, P, R, C>) => Bool): Clauses<S, P, R, C, Open>;
  /**
   * Words for people and tools: `permit().annotate('description', 'why')` prints
   * `@description("why") permit (principal, action, resource);`;
   * `permit().annotate('reviewed')` prints `@reviewed permit (principal, action, resource);`.
   */
  annotate(name: 'description' | (string & {}), value?: string): Clauses<S, P, R, C, Open>;
  /**
   * The policy's permanent name, unique in the tenant: lower case letters, digits and `-`. Every policy needs one. The
   * store is told it beside the text: `permit().id('all')` prints `permit (principal, action, resource);`.
   */
  id(id: string): Clauses<S, P, R, C, Open>;
}
