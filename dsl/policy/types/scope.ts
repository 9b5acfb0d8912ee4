import type { ActionEntity } from './action.ts';
import type { Entity } from './entity.ts';
import type { Rec } from './record.ts';
import type { SchemaShape } from './schema.ts';

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
  readonly action: ActionEntity<S['actionName'], S['actionGroupName']>;
  /** The circumstances: `context.ip.isIpv6()` prints `context.ip.isIpv6()`. */
  readonly context: Rec<S['contexts'][C]>;
}
