import type { ActionEntity } from './action.ts';
import type { Builder } from './builder.ts';
import type { Datetime, Duration } from './datetime.ts';
import type { Decimal } from './decimal.ts';
import type { NamedEntity } from './entity.ts';
import type { Present } from './expression.ts';
import type { Ip } from './ip.ts';
import type { SlotValues } from './link.ts';
import type { Policy, Slot, Typing } from './policy.ts';
import type { Rec } from './record.ts';
import type { SchemaShape } from './schema.ts';
import type { Lifted, Like, SetOf } from './set.ts';
import type { Exact, Literal } from './value.ts';

/** The language of one API. Members are properties, not methods: users destructure them. G: the tenant's own groups. */
export interface Dsl<in out S extends SchemaShape, in out G = never> {
  /** A policy that allows: `permit().id('all')` prints `permit (principal, action, resource);`. */
  readonly permit: () => Builder<S, S['principalName'], S['resourceName'], '', never, G>;
  /** A policy that denies, whatever any other allows: `forbid().id('none')` prints `forbid (principal, action, resource);`. */
  readonly forbid: () => Builder<S, S['principalName'], S['resourceName'], '', never, G>;
  /**
   * The API's operations by name: documented, renamed and found by the editor, which strings are not.
   * `permit().action(op.postOrder)` prints `permit (principal, action == Shop::Action::"POST /order", resource);`.
   */
  readonly op: S['op'];
  /**
   * An entity by type and id, with its attributes; principals and groups get the tenant's prefix:
   * `resource.in(entity('Folder', 'f'))` prints `resource in Shop::Folder::"f"`;
   * `entity('User', 'u1').age.lt(principal.age)` prints `Shop::User::"acme|u1".age < principal.age`.
   */
  readonly entity: <N extends S['entityName']>(type: N, id: string) => NamedEntity<S, N>;
  /** `principal.in(group('admins'))` prints `principal in Shop::Group::"acme|admins"`. */
  readonly group: (name: S['groupName'] | G) => NamedEntity<S, S['groupType']>;
  /**
   * An action or a group of actions as an entity, where a name alone would be a text: in sets, records and branches, or
   * on the left. `set([actionEntity('POST /order')]).contains(action)` prints
   * `[Shop::Action::"POST /order"].contains(action)`.
   */
  readonly actionEntity: (
    name: S['actionName'] | S['actionGroupName'],
  ) => ActionEntity<S['actionName'], S['actionGroupName']>;
  /**
   * Fills the slots of a template: the result is a policy of its own with its own id.
   * `link(permit().principalSlot(), 'u1', { principal: entity('User', 'u1') })` prints
   * `permit (principal == Shop::User::"acme|u1", action, resource);`.
   */
  readonly link: <P extends string, R extends string, Open extends Slot>(
    template: Policy<S['extension'], unknown> & Typing<P, R, Open>,
    id: string,
    values: SlotValues<S, P, R, Open>,
  ) => Policy<S['extension']>;
  /** A literal on the left of an operator: `value(18).lte(principal.age)` prints `18 <= principal.age`. */
  readonly value: <L extends Literal>(literal: L & Exact<L>) => Lifted<L>;
  /**
   * A set of literals or expressions of one type, never empty:
   * `set(['sales', 'it']).contains(principal.department)` prints `["sales", "it"].contains(principal.department)`.
   */
  readonly set: <E extends Literal | Present>(
    elements: readonly [E, ...NoInfer<Like<Lifted<E>>>[]],
  ) => SetOf<Lifted<E>>;
  /**
   * A record of literals or expressions: `record({ age: principal.age, vip: true }).eq({ age: 18, vip: true })` prints
   * `{"age": principal.age, "vip": true} == {"age": 18, "vip": true}`.
   */
  readonly record: <A extends { readonly [attribute: string]: Literal | Present }>(
    attributes: A,
  ) => Rec<{ readonly [K in keyof A]: Lifted<A[K]> }>;
  /** An address or a range: `context.ip.isInRange(ip('10.0.0.0/8'))` prints `context.ip.isInRange(ip("10.0.0.0/8"))`. */
  readonly ip: (address: string) => Ip;
  /**
   * At least one digit and up to four after the point: `resource.rate.eq(decimal('12.5'))` prints
   * `resource.rate == decimal("12.5")`.
   */
  readonly decimal: (number: string) => Decimal;
  /**
   * A day or a moment: `resource.since.lt(datetime('2026-01-31'))` prints `resource.since < datetime("2026-01-31")`;
   * `resource.since.lt(datetime('2026-01-31T08:00:00Z'))` prints `resource.since < datetime("2026-01-31T08:00:00Z")`.
   */
  readonly datetime: (moment: string) => Datetime;
  /**
   * Days, hours, minutes, seconds, milliseconds, in this order: `resource.hold.lt(duration('1d12h'))` prints
   * `resource.hold < duration("1d12h")`.
   */
  readonly duration: (span: string) => Duration;
}
