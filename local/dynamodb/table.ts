import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../aws/input.ts';
import { AwsError } from '../aws/service.ts';
import { createLock, type Lock } from './lock.ts';
import type { Stream } from './stream.ts';

/** What the front knows of a table beside its items. */
export interface Table {
  readonly name: string;
  readonly arn: string;
  /** Names of the hash key and, where there is one, the range key. */
  readonly keyNames: readonly string[];
  readonly keySchema: readonly Json[];
  readonly lock: Lock;
  readonly tags: Map<string, string>;
  stream?: Stream | undefined;
  timeToLive?: Json | undefined;
  encrypted: boolean;
  pointInTimeRecovery: boolean;
  deletionProtection: boolean;
  /** The policy attached to the table, as text and parsed. */
  policy?: { readonly text: string; readonly document: object; readonly revisionId: string } | undefined;
}

export interface Tables {
  get(name: string): Table | undefined;
  add(table: Omit<Table, 'lock' | 'tags'>): Table;
  remove(name: string): void;
  all(): readonly Table[];
  /** @throws AwsError ResourceNotFoundException */
  named(name: string): Table;
  /** @throws AwsError ResourceNotFoundException */
  byArn(arn: string): Table;
}

export function createTables(): Tables {
  const tables = new Map<string, Table>();
  const found = (table: Table | undefined): Table => {
    if (!table) throw new AwsError('ResourceNotFoundException', 'Requested resource not found');
    return table;
  };
  return {
    get: (name) => tables.get(name),
    add(facts) {
      const table: Table = { ...facts, lock: createLock(), tags: new Map() };
      tables.set(table.name, table);
      return table;
    },
    remove: (name) => void tables.delete(name),
    all: () => [...tables.values()],
    named: (name) => found(tables.get(name)),
    byArn: (arn) => found([...tables.values()].find((table) => table.arn === arn)),
  };
}

export const keyOf = ({ keyNames }: Table, item: Json): Json =>
  Object.fromEntries(keyNames.map((name) => [name, item[name]]));

export const isSameItem = (one: Target, other: Target): boolean =>
  one.table === other.table && isDeepStrictEqual(one.key, other.key);

/** An item that an operation reads or writes. */
export interface Target {
  readonly table: Table;
  readonly key: Json;
}

/**
 * Holds the locks of several tables while `work` runs. Taken in the order of names, so that two operations never wait
 * for each other.
 */
export function locked<T>(
  kind: 'shared' | 'exclusive',
  tables: readonly (Table | undefined)[],
  work: () => Promise<T>,
): Promise<T> {
  const known = [...new Set(tables)].filter((table) => table !== undefined);
  return known
    .sort((one, other) => (one.name < other.name ? 1 : -1))
    .reduce<() => Promise<T>>(
      (inner, { lock }) =>
        () =>
          lock[kind](inner),
      work,
    )();
}
