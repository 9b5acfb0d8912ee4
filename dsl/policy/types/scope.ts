import type { Bool } from './bool.ts';
import type { Entity } from './entity.ts';
import type { Expr } from './expression.ts';
import type { Rec } from './record.ts';
import type { SchemaShape } from './schema.ts';

/** The action asked for. Any name of the API may be compared; Cedar's validator finds the impossible ones. */
export interface ActionVariable<in out Name, in out Group> extends Expr<'Action'> {
  /** `action.eq('POST /order')` prints `action == Shop::Action::"POST /order"`. */
  eq(action: Name): Bool;
  /** `action.ne('POST /order')` prints `action != Shop::Action::"POST /order"`. */
  ne(action: Name): Bool;
  /**
   * A group, an action, or any of several: `action.in('customer:read')` prints
   * `action in Shop::Action::"customer:read"`;
   * `action.in(['customer:read', 'POST /order'])` prints
   * `action in [Shop::Action::"customer:read", Shop::Action::"POST /order"]`.
   */
  in(group: Group | Name | readonly [Group | Name, ...(Group | Name)[]]): Bool;
}

/** What a condition may speak of. */
export interface Scope<
  in out S extends SchemaShape,
  in out P extends string,
  in out R extends string,
  in out C extends string,
> {
  /** Who asks: `principal.department.eq('x')` prints `principal.department == "x"`. */
  readonly principal: Entity<S, P>;
  /** What is asked for: `resource.public` prints `resource.public`. */
  readonly resource: Entity<S, R>;
  /** What is to be done: `action.in('customer:read')` prints `action in Shop::Action::"customer:read"`. */
  readonly action: ActionVariable<S['actionName'], S['actionGroupName']>;
  /** The circumstances: `context.ip.isIpv6()` prints `context.ip.isIpv6()`. */
  readonly context: Rec<S['contexts'][C]>;
}
