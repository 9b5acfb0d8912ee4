import type { Bool } from './bool.ts';
import type { Entity } from './entity.ts';
import type { Expr } from './expression.ts';
import type { Rec } from './record.ts';
import type { SchemaShape } from './schema.ts';

/** The action asked for. Any name of the API may be compared; Cedar's validator finds the impossible ones. */
export interface ActionVariable<in out Name, in out Group> extends Expr<'Action'> {
  /** `action.eq('POST /order')` prints `action == Shop::Action::"POST /order"`. */
  eq(action: Name): Bool;
  ne(action: Name): Bool;
  /** `action.in('order:write')` prints `action in Shop::Action::"order:write"`. */
  in(group: Group | readonly [Group, ...Group[]]): Bool;
}

/** What a condition may speak of. */
export interface Scope<
  in out S extends SchemaShape,
  in out P extends string,
  in out R extends string,
  in out C extends string,
> {
  readonly principal: Entity<S, P>;
  readonly resource: Entity<S, R>;
  readonly action: ActionVariable<S['actionName'], S['actionGroupName']>;
  readonly context: Rec<S['contexts'][C]>;
}
