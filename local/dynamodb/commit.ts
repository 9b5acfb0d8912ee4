import { type Json, optionalJson } from '../aws/input.ts';
import { AwsError } from '../aws/service.ts';
import type { Call } from './item-store.ts';
import { locked, type Target } from './table.ts';

/** A write that is under way: the items that it touches, as they were. */
export interface Before {
  readonly target: Target;
  readonly item: Json | undefined;
}

/**
 * Runs a write with its tables locked, and then records what it did to each item. Stream records come from what the
 * tables hold before and after, never from what was asked for.
 */
export function commit<T>(
  call: Call,
  targets: readonly Target[],
  write: (before: readonly Before[]) => Promise<T>,
): Promise<T> {
  const tables = targets.map(({ table }) => table);
  return locked('exclusive', tables, async () => {
    const before = await Promise.all(
      targets.map(async (target) => ({ target, item: await read(call, target) })),
    );
    const result = await write(before);
    const after = await Promise.all(targets.map((target) => read(call, target)));
    // All at once: whoever waits for the stream finds the records of one operation together.
    for (const [index, { target, item }] of before.entries()) {
      target.table.stream?.append({ keys: target.key, before: item, after: after[index] });
    }
    return result;
  });
}

export async function read(call: Call, { table, key }: Target): Promise<Json | undefined> {
  try {
    const found = await call('GetItem', { TableName: table.name, Key: key, ConsistentRead: true });
    return optionalJson(found, 'Item');
  } catch (error) {
    // An ill-formed key: the write itself is refused for it, in its own words.
    if (error instanceof AwsError && error.code === 'ValidationException') return undefined;
    throw error;
  }
}

/** Puts an item back as it was. */
export async function restore(call: Call, { target: { table, key }, item }: Before): Promise<void> {
  if (item) await call('PutItem', { TableName: table.name, Item: item });
  else await call('DeleteItem', { TableName: table.name, Key: key });
}
