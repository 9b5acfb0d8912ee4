import { opening } from './builder.ts';
import { constants } from './constants.ts';
import { link } from './link.ts';
import type { Dsl } from './types/dsl.ts';
import type { SchemaShape } from './types/schema.ts';
import { namesOf, type Vocabulary } from './vocabulary.ts';

/**
 * The language of one API, for a tenant with groups of its own or for all. The implementation is loosely typed on
 * purpose: the types of `Dsl` are the contract, and they describe it to the compiler alone.
 */
export function createDsl<S extends SchemaShape, G = never>(
  vocabulary: Vocabulary,
  op: S['op'],
  ownGroups?: readonly string[],
): Dsl<S, G>;
export function createDsl(
  vocabulary: Vocabulary,
  op: object,
  ownGroups: readonly string[] = [],
): Readonly<Record<keyof Dsl<SchemaShape>, unknown>> {
  const names = namesOf(vocabulary, ownGroups);
  return Object.freeze({
    permit: opening(names, 'permit'),
    forbid: opening(names, 'forbid'),
    op,
    link,
    ...constants(names),
  });
}
