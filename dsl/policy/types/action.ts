import type { Bool } from './bool.ts';
import type { Comparable, Typed } from './entity.ts';
import type { Expr } from './expression.ts';
import type { ElementsIn } from './set.ts';

type Action = Comparable<'Action'>;

/**
 * The action asked for, or one that is named. Any name of the API may be compared; Cedar's validator finds the
 * impossible ones. It may be an element, a branch or an attribute like any entity.
 */
export interface ActionEntity<in out Name, in out Group> extends Expr<'Entity'>, Typed<'Action'> {
  /**
   * `action.eq('POST /order')` prints `action == Shop::Action::"POST /order"`;
   * `actionEntity('POST /order').eq(action)` prints `Shop::Action::"POST /order" == action`.
   */
  eq(action: Name | Action): Bool;
  /** `action.ne('POST /order')` prints `action != Shop::Action::"POST /order"`. */
  ne(action: Name | Action): Bool;
  /**
   * A group, an action, or any of several; in a tenant's policies, of the action that is asked for alone:
   * `action.in('customer:read')` prints
   * `action in Shop::Action::"customer:read"`;
   * `action.in(['customer:read', 'POST /order'])` prints
   * `action in [Shop::Action::"customer:read", Shop::Action::"POST /order"]`.
   */
  in(
    group:
      | Group
      | Name
      | Action
      | ElementsIn<Action>
      | readonly [Group | Name | Action, ...(Group | Name | Action)[]],
  ): Bool;
  /** `action.is('Action')` prints `action is Shop::Action`, which every action is, of one namespace. */
  is(type: string): Bool;
  /** `action.isIn('Action', 'customer:read')` prints `action is Shop::Action in Shop::Action::"customer:read"`. */
  isIn(
    type: string,
    group:
      | Group
      | Name
      | Action
      | ElementsIn<Action>
      | readonly [Group | Name | Action, ...(Group | Name | Action)[]],
  ): Bool;
  /** Never holds, since actions have no attributes: `action.has('owner')` prints `action has owner`. */
  has(attribute: string): Bool;
  /** Never holds, since actions have no tags: `action.hasTag('x')` prints `action.hasTag("x")`. */
  hasTag(key: string): Bool;
}
