import type { ValueType } from '../../../cedar/model.ts';
import type { World } from './world.ts';

/**
 * Parts of types that can be written out. Common types in common types multiply: 25 of them, each with two of the next,
 * stand for 2^25 parts.
 */
export const MOST_PARTS = 100_000;

/** How many parts the types of a schema have, written out. */
export function partsOf({ entityTypes, actions }: World): number {
  const known = new WeakMap<ValueType, number>();
  const size = (type: ValueType): number => {
    const before = known.get(type);
    if (before !== undefined) return before;
    const parts = 1 + inside(type).reduce((sum, inner) => sum + size(inner), 0);
    known.set(type, parts);
    return parts;
  };
  const records = [
    ...[...entityTypes.values()].map(({ attributes, tags }) => ({ attributes, tags })),
    ...[...actions.values()].map(({ context }) => ({ attributes: context, tags: undefined })),
  ];
  return records.reduce(
    (sum, { attributes, tags }) =>
      sum + size({ kind: 'Record', attributes }) + (tags === undefined ? 0 : size(tags)),
    0,
  );
}

function inside(type: ValueType): readonly ValueType[] {
  if (type.kind === 'Set') return [type.of];
  return type.kind === 'Record' ? Object.values(type.attributes).map((attribute) => attribute.type) : [];
}
