import type { ValueType } from '../../../cedar/model.ts';
import type { Script } from './script.ts';
import { type Sorts, typeKey } from './sorts.ts';
import type { SetValue } from './symbolic.ts';
import { and, FALSE, implies, not, or, type Term } from './term.ts';

/**
 * What is asked of sets, without quantifiers. A set is known by which of the elements in question it has: those that a
 * policy looks for, and one for each relation that would show whether it holds. A set of no more than those meets the
 * same relations, so sets need not be infinite, and need no theory.
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
  /** Says of all relations what all elements mean for them. */
  readonly settle: () => void;
}

interface Relation {
  readonly holds: Term;
  readonly of: ValueType;
  readonly test: (element: Term) => Term;
}

export function createSets(script: Script, sorts: Sorts): Sets {
  const inQuestion = new Map<string, Set<Term>>();
  const relations: Relation[] = [];
  const ofType = (type: ValueType): Set<Term> => {
    const key = typeKey(type);
    const known = inQuestion.get(key) ?? new Set();
    inQuestion.set(key, known);
    return known;
  };
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
    settle() {
      for (const { holds, of, test } of relations) {
        for (const each of ofType(of)) {
          const meets = test(each);
          if (meets !== FALSE) script.assert(implies(meets, holds));
        }
      }
    },
  };
}
