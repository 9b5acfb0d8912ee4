import type { Builder } from './builder.ts';
import type { Datetime, Duration } from './datetime.ts';
import type { Decimal } from './decimal.ts';
import type { EntityRef } from './entity.ts';
import type { Expr } from './expression.ts';
import type { Ip } from './ip.ts';
import type { SlotValues } from './link.ts';
import type { Policy, Slot, Typing } from './policy.ts';
import type { SchemaShape } from './schema.ts';
import type { Lifted, SetOf } from './set.ts';

/** The language of one API. Members are properties, not methods: users destructure them. G: the tenant's own groups. */
export interface Dsl<in out S extends SchemaShape, in out G = never> {
  /** A policy that allows. */
  readonly permit: () => Builder<S, S['principalName'], S['resourceName'], '', never, G>;
  /** A policy that denies, whatever any other allows. */
  readonly forbid: () => Builder<S, S['principalName'], S['resourceName'], '', never, G>;
  /** The API's operations by name: documented, renamed and found by the editor, which strings are not. */
  readonly op: S['op'];
  /** `entity('Folder', 'f')` prints `Shop::Folder::"f"`; principals and groups get the tenant's prefix. */
  readonly entity: <N extends S['entityName']>(type: N, id: string) => EntityRef<N>;
  /** `group('PAYEE_MGMT')` prints `Shop::Group::"acme|PAYEE_MGMT"`. */
  readonly group: (name: S['groupName'] | G) => EntityRef<S['groupType']>;
  /** Fills the slots of a template: the result is a policy of its own with its own id. */
  readonly link: <P extends string, R extends string, Open extends Slot>(
    template: Policy<S['extension'], Open> & Typing<P, R>,
    id: string,
    values: SlotValues<S, P, R, Open>,
  ) => Policy<S['extension']>;
  /** A set of literals or expressions: `set(['a', 'b']).contains(resource.tenant)`. Never empty. */
  readonly set: <E extends string | number | bigint | boolean | Expr<string>>(
    elements: readonly [E, ...E[]],
  ) => SetOf<Lifted<E>>;
  /** `ip('10.0.0.0/8')`: an address or a range. */
  readonly ip: (address: string) => Ip;
  /** `decimal('12.5')`: at least one digit and up to four after the point. */
  readonly decimal: (number: string) => Decimal;
  /** `datetime('2026-01-31')` or `datetime('2026-01-31T08:00:00Z')`. */
  readonly datetime: (moment: string) => Datetime;
  /** `duration('1d12h')`: days, hours, minutes, seconds, milliseconds, in this order. */
  readonly duration: (span: string) => Duration;
}
