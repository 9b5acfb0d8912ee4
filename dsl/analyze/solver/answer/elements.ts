import type { CedarJson } from '../../../../cedar/engine.ts';
import type { ValueType } from '../../../../cedar/model.ts';
import { put } from '../../world/put.ts';
import { decode } from './decode.ts';
import type { Query } from '../query.ts';
import type { SExpression } from '../language/s-expression.ts';
import { isMember } from '../encode/sets.ts';
import { attributesOf } from '../language/sorts.ts';
import type { Term } from '../language/term.ts';

/** A term whose value is wanted, and its sort. */
export interface Watch {
  readonly term: Term;
  readonly sort: string;
}

/** What the solver makes of terms. */
export type Valuation = (term: Term) => SExpression;

/** The terms that a value is made of which is written as one. */
export function partsOf(term: Term, type: ValueType, query: Query): Watch[] {
  const { sorts } = query;
  if (type.kind === 'Set') return membersOf((each) => isMember(term, each), type.of, query);
  if (type.kind !== 'Record') return [{ term, sort: sorts.of(type) }];
  return attributesOf(type).flatMap(([name, { type: inner }]) => {
    const { has, value } = sorts.part(type, name);
    const presence = has === undefined ? [] : [{ term: `(${has} ${term})`, sort: 'Bool' }];
    return [...presence, ...partsOf(`(${value} ${term})`, inner, query)];
  });
}

/** The terms that say what is in a set. */
export const membersOf = (has: (element: Term) => Term, of: ValueType, query: Query): Watch[] =>
  query.sets.elements(of).flatMap((each) => [{ term: has(each), sort: 'Bool' }, ...partsOf(each, of, query)]);

/** The value of a term, in Cedar's JSON form. */
export function valueFrom(term: Term, type: ValueType, query: Query, valueOf: Valuation): CedarJson {
  const { names, sorts } = query;
  if (type.kind === 'Set') return setFrom((each) => isMember(term, each), type.of, query, valueOf);
  if (type.kind !== 'Record') return decode(type, valueOf(term), names);
  const found: Record<string, CedarJson> = {};
  for (const [name, { type: inner }] of attributesOf(type)) {
    const { has, value } = sorts.part(type, name);
    if (has !== undefined && valueOf(`(${has} ${term})`) !== 'true') continue;
    put(found, name, valueFrom(`(${value} ${term})`, inner, query, valueOf));
  }
  return found;
}

/** A set of those elements in question that it has. */
export function setFrom(
  has: (element: Term) => Term,
  of: ValueType,
  query: Query,
  valueOf: Valuation,
): readonly CedarJson[] {
  const elements = query.sets.elements(of).filter((each) => valueOf(has(each)) === 'true');
  const members = elements.map((each) => valueFrom(each, of, query, valueOf));
  return [...new Map(members.map((member) => [JSON.stringify(member), member])).values()];
}
