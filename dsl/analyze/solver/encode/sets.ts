import type { ValueType } from '../../../../cedar/model.ts';
import type { Script } from '../language/script.ts';
import { attributesOf, type Sorts, typeKey } from '../language/sorts.ts';
import type { SetValue } from './symbolic.ts';
import { and, equal, FALSE, implies, not, or, type Term } from '../language/term.ts';

/**
 * What is asked of sets, without quantifiers. A set is known by which of the elements in question it has: those that a
 * policy looks for, and one for each relation that would show whether it holds. A set of no more than those meets the
 * same relations, so that no set need be infinite.
 */
export interface Sets {
  /** An element in question. */
  readonly element: (type: ValueType, term: Term) => Term;
  /** All elements in question, once they are settled. */
  readonly elements: (type: ValueType) => readonly Term[];
  /** Whether one element meets the test. */
  readonly exists: (type: ValueType, test: (element: Term) => Term) => Term;
  readonly containsAll: (large: SetValue, small: SetValue) => Term;
  readonly containsAny: (one: SetValue, other: SetValue) => Term;
  readonly equal: (one: SetValue, other: SetValue) => Term;
  readonly isEmpty: (set: SetValue) => Term;
  /** The set as one term, where it is an element itself. */
  readonly arrayOf: (set: SetValue) => Term;
  /** Says of all relations what all elements mean for them. */
  readonly settle: () => void;
}

/** Whether a set that is one term has an element. */
export const isMember = (array: Term, element: Term): Term => `(select ${array} ${element})`;

interface Relation {
  readonly holds: Term;
  readonly of: ValueType;
  readonly test: (element: Term) => Term;
}

/** Nothing is asked of sets yet. */
export function createSets(script: Script, sorts: Sorts): Sets {
  const inQuestion = new Map<string, Set<Term>>();
  const relations: Relation[] = [];
  const arrays = new Map<SetValue, Term>();
  const types = new Map<string, ValueType>();
  const ofType = (type: ValueType): Set<Term> => {
    const key = typeKey(type);
    const known = inQuestion.get(key) ?? new Set();
    inQuestion.set(key, known);
    types.set(key, type);
    return known;
  };
  /** Two sets that are elements are one, or an element tells them apart. */
  const tellApart = (type: ValueType, one: Term, other: Term): void => {
    if (type.kind === 'Set') {
      const witness = element(type.of, script.fresh(sorts.of(type.of)));
      script.assert(sorts.isValue(witness, type.of));
      script.assert(or(equal(one, other), `(xor ${isMember(one, witness)} ${isMember(other, witness)})`));
    }
    if (type.kind !== 'Record') return;
    for (const [name, { type: inner }] of attributesOf(type)) {
      if (depthOf(inner) === 0) continue;
      const { value } = sorts.part(type, name);
      tellApart(inner, `(${value} ${one})`, `(${value} ${other})`);
    }
  };
  const settleSetsOf = (type: ValueType): void => {
    const elements = [...ofType(type)];
    for (const [index, one] of elements.entries()) {
      for (const other of elements.slice(index + 1)) tellApart(type, one, other);
    }
  };
  const outermost = (settled: ReadonlySet<string>): ValueType | undefined =>
    [...types]
      .filter(([key, type]) => depthOf(type) > 0 && !settled.has(key))
      .map(([, type]) => type)
      .sort((a, b) => depthOf(b) - depthOf(a))[0];
  const element = (type: ValueType, term: Term): Term => {
    ofType(type).add(term);
    return term;
  };
  const exists = (of: ValueType, test: (element: Term) => Term): Term => {
    const holds = script.fresh('Bool');
    const witness = element(of, script.fresh(sorts.of(of)));
    script.assert(sorts.isValue(witness, of));
    script.assert(implies(holds, test(witness)));
    relations.push({ holds, of, test });
    return holds;
  };
  /** Whether an element of the set meets the test. */
  const some = (set: SetValue, test: (element: Term) => Term): Term =>
    set.listed ? or(...set.listed.map(test)) : exists(set.of, (each) => and(set.has(each), test(each)));
  return {
    element,
    elements: (type) => [...ofType(type)],
    exists,
    containsAll: (large, small) => not(some(small, (each) => not(large.has(each)))),
    containsAny: (one, other) => (other.listed ? some(other, one.has) : some(one, other.has)),
    equal(one, other) {
      return and(
        not(some(one, (each) => not(other.has(each)))),
        not(some(other, (each) => not(one.has(each)))),
      );
    },
    isEmpty: (set) => not(some(set, () => 'true')),
    arrayOf(set) {
      const array = arrays.get(set) ?? script.fresh(sorts.of({ kind: 'Set', of: set.of }));
      arrays.set(set, array);
      return array;
    },
    settle() {
      // The outermost first: what tells two of them apart is an element of one that is further inside.
      const settled = new Set<string>();
      for (let type = outermost(settled); type; type = outermost(settled)) {
        settled.add(typeKey(type));
        settleSetsOf(type);
      }
      for (const [{ of, has }, array] of arrays) {
        for (const each of ofType(of)) script.assert(equal(isMember(array, each), has(each)));
      }
      for (const { holds, of, test } of relations) {
        for (const each of ofType(of)) {
          const meets = test(each);
          if (meets !== FALSE) script.assert(implies(meets, holds));
        }
      }
    },
  };
}

/** How many sets there are, one inside of the other, around what is innermost. */
function depthOf(type: ValueType): number {
  if (type.kind === 'Set') return 1 + depthOf(type.of);
  if (type.kind !== 'Record') return 0;
  return Math.max(0, ...attributesOf(type).map(([, { type: inner }]) => depthOf(inner)));
}
