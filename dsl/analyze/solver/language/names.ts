import type { Schema } from '../../schema.ts';

/**
 * Numbers for the ids of entities, type by type, and for texts: nothing but equality is asked of ids, and of texts
 * where no policy has a pattern. What no policy names has any other number.
 */
export interface Names {
  readonly numberOf: (of: string, name: string) => number;
  readonly nameOf: (of: string, number: bigint) => string;
  /** How many there are, of a type that has no others. */
  readonly count: (type: string) => number | undefined;
}

/** Names of a schema: of enumerated types and actions, all that there are. */
export function createNames({ entityTypes, actions }: Schema): Names {
  const known = new Map<string, string[]>();
  const closed = new Set<string>();
  for (const [type, { ids }] of entityTypes) {
    if (!ids) continue;
    known.set(type, [...ids]);
    closed.add(type);
  }
  for (const { uid } of actions.values()) {
    known.set(uid.type, [...(known.get(uid.type) ?? []), uid.id]);
    closed.add(uid.type);
  }
  const namesOf = (of: string): string[] => {
    const names = known.get(of) ?? [];
    known.set(of, names);
    return names;
  };
  return {
    numberOf(of, name) {
      const names = namesOf(of);
      const index = names.indexOf(name);
      return index === -1 ? names.push(name) - 1 : index;
    },
    nameOf(of, number) {
      const names = namesOf(of);
      const index = Number(number);
      return names[index] ?? unlike(names, index - names.length + 1);
    },
    count: (type) => (closed.has(type) ? namesOf(type).length : undefined),
  };
}

/** A name of its own for each number that none stands for. */
function unlike(names: readonly string[], number: number): string {
  let prefix = 'some-';
  while (names.some((name) => name.startsWith(prefix))) prefix += '-';
  return `${prefix}${number}`;
}
