import type { EntityRef } from './entity.ts';
import type { Slot } from './policy.ts';
import type { SchemaShape } from './schema.ts';

interface SlotValue<S extends SchemaShape, P extends string, R extends string> {
  '?principal': EntityRef<P>;
  'in ?principal': EntityRef<S['parents'][P] | P>;
  '?resource': EntityRef<R>;
  'in ?resource': EntityRef<S['parents'][R] | R>;
}

/** One entity for each open slot, of a type that the slot can take. */
export type SlotValues<S extends SchemaShape, P extends string, R extends string, Open extends Slot> = {
  readonly [K in Open as K extends `${string}principal` ? 'principal' : 'resource']: SlotValue<S, P, R>[K];
};
