import type { Bool } from './bool.ts';
import type { Datetime, Duration } from './datetime.ts';
import type { Decimal } from './decimal.ts';
import type { Entity, EntityOps } from './entity.ts';
import type { PolicyTypeError } from './error.ts';
import type { Ip } from './ip.ts';
import type { Long } from './long.ts';
import type { Optional } from './optional.ts';
import type { Rec } from './record.ts';
import type { SchemaShape } from './schema.ts';
import type { SetOf } from './set.ts';
import type { Str } from './string.ts';

interface PlainValues {
  String: Str;
  Long: Long;
  Bool: Bool;
  ipaddr: Ip;
  decimal: Decimal;
  datetime: Datetime;
  duration: Duration;
}
type Plain = keyof PlainValues;

/**
 * The type of an added attribute: `'String'`, `{ type: 'Set', of: 'String' }`, `{ type: 'Entity', name: 'User' }` or
 * `{ type: 'Record', attributes: { city: 'String' } }`.
 */
export type AttributeType<Names> =
  | Plain
  | { type: 'Set'; of: AttributeType<Names> }
  | { type: 'Entity'; name: Names }
  | { type: 'Record'; attributes: { readonly [attribute: string]: Attribute<Names> } };
/** Required, unless written `{ type, optional: true }`. */
export type Attribute<Names> = AttributeType<Names> | { type: AttributeType<Names>; optional: boolean };

/** Attributes that a tenant adds to entity types of the API: `{ User: { costCenter: 'String' } }`. */
export type Extension<Names extends string> = {
  readonly [E in Names]?: { readonly [attribute: string]: Attribute<Names> };
};

type AttributeValue<S extends SchemaShape, T, K> = T extends keyof PlainValues
  ? PlainValues[T]
  : T extends { type: infer I; optional: infer O }
    ? O extends true
      ? Optional<AttributeValue<S, I, K>, K & string>
      : AttributeValue<S, I, K>
    : T extends { of: infer E }
      ? SetOf<AttributeValue<S, E, K>>
      : T extends { name: infer N extends string }
        ? Entity<S, N>
        : T extends { attributes: infer A }
          ? Rec<{ readonly [N in keyof A]: AttributeValue<S, A[N], N> }>
          : never;

/**
 * Intersected with the generated map of entities, not with each entry: only the types that X names become
 * intersections (measured: 2.4k instantiations instead of 64k before the first policy).
 */
export type Added<S extends SchemaShape, X> = {
  readonly [E in keyof X]: { readonly [K in keyof X[E]]: AttributeValue<S, X[E][K], K> };
};

/** Errors at the key: an unknown entity type, an attribute that exists already or has the name of an operator. */
export type Checked<S extends SchemaShape, X> = {
  readonly [E in keyof X]: E extends S['entityName']
    ? {
        readonly [K in keyof X[E]]: K extends keyof S['entities'][E] | keyof EntityOps<S, E>
          ? PolicyTypeError<[E, 'has', K, 'already']>
          : unknown;
      }
    : PolicyTypeError<[E, 'is no entity type']>;
};
