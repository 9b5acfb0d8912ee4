import type { SchemaShape } from './schema.ts';

/**
 * All schemas of one API: from what a tenant adds to the schema with it. TypeScript has no parameter that is itself
 * generic; an interface whose `schema` is made of `this['added']` is one all the same.
 */
export interface SchemaFamily {
  readonly added: unknown;
  readonly schema: SchemaShape;
}

/** The schema of a tenant that adds X. Resolved at once where F is known: as cheap as naming it. */
export type SchemaWith<F extends SchemaFamily, X> = (F & { readonly added: X })['schema'];
