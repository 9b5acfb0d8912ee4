import { entityKey } from '../../../../cedar/slice.ts';
import type { Schema } from '../../schema.ts';
import type { Names } from '../language/names.ts';
import type { Script } from '../language/script.ts';
import { and, call, equal, FALSE, implies, integer, not, or, type Term } from '../language/term.ts';

/** An entity of a known type. */
export interface Entity {
  readonly type: string;
  readonly term: Term;
}

/**
 * Who is in what. Only of entities that a policy asks `in` of is anything said; all others may be in nothing, and then
 * are: that changes no answer.
 */
export interface Hierarchy {
  /** Cedar's `in`: an entity is in itself too. */
  readonly isIn: (lower: Entity, upper: Entity) => Term;
  /** Whether one is above the other, at any distance. */
  readonly isAbove: (lower: Entity, upper: Entity) => Term;
  /** Those that were asked about, once it is settled. */
  readonly lower: () => readonly Entity[];
  readonly upper: () => readonly Entity[];
  /** Says that the hierarchy is one: nothing is in itself, and what is above the upper is above the lower. */
  readonly settle: () => void;
}

/** Nothing is asked of the hierarchy yet. */
export function createHierarchy(script: Script, { entityTypes, actions }: Schema, names: Names): Hierarchy {
  const lower = new Map<string, Entity>();
  const upper = new Map<string, Entity>();
  const keyOf = ({ type, term }: Entity): string => `${type} ${term}`;
  const actionTypes = new Set([...actions.values()].map(({ uid }) => uid.type));
  const canBeAbove = (low: string, high: string): boolean =>
    entityTypes.get(low)?.ancestors.has(high) ?? false;
  const above = (low: Entity, high: Entity): Term => {
    if (!canBeAbove(low.type, high.type)) return FALSE;
    const name = script.declare(`above ${low.type} ${high.type}`, ['Int', 'Int'], 'Bool');
    return call(name, [low.term, high.term]);
  };
  const isAbove = (low: Entity, high: Entity): Term => {
    if (actionTypes.has(low.type)) return actionIsBelow(low, high);
    if (!canBeAbove(low.type, high.type)) return FALSE;
    lower.set(keyOf(low), low);
    upper.set(keyOf(high), high);
    return above(low, high);
  };
  /** Of actions the schema tells. */
  const actionIsBelow = (low: Entity, high: Entity): Term =>
    or(
      ...[...actions.values()].map(({ uid, ancestors }) => {
        const isIt =
          uid.type === low.type ? equal(low.term, integer(names.numberOf(uid.type, uid.id))) : FALSE;
        if (isIt === FALSE) return FALSE;
        const groups = new Map(
          ancestors.filter(({ type }) => type === high.type).map((group) => [entityKey(group), group]),
        );
        return and(
          isIt,
          or(
            ...[...groups.values()].map(({ type, id }) =>
              equal(high.term, integer(names.numberOf(type, id))),
            ),
          ),
        );
      }),
    );
  return {
    isAbove,
    isIn: (low, high) => or(low.type === high.type ? equal(low.term, high.term) : FALSE, isAbove(low, high)),
    lower: () => [...lower.values()],
    upper: () => [...new Map([...lower, ...upper]).values()],
    settle() {
      const lows = [...lower.values()];
      const highs = [...new Map([...lower, ...upper]).values()];
      for (const low of lows) {
        script.assert(not(above(low, low)));
        for (const middle of lows) {
          const first = middle === low ? FALSE : above(low, middle);
          if (first === FALSE) continue;
          for (const high of highs) {
            const second = above(middle, high);
            if (second !== FALSE) script.assert(implies(and(first, second), above(low, high)));
          }
        }
      }
    },
  };
}
