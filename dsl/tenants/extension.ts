import type { ValueType } from '../../cedar/model.ts';
import type { AttributeType, Extension } from '../policy/types.ts';
import type { SchemaExtension } from './tenant.ts';

type WrittenType = AttributeType<string>;

/** The attributes that a tenant adds, in the form of the model: `'String'` becomes `{ type: { kind: 'String' }, required: true }`. */
export function extensionOf(attributes: Extension<string>): SchemaExtension {
  return mapValues(attributes, (added = {}) =>
    mapValues(added, (attribute) =>
      typeof attribute === 'object' && 'optional' in attribute
        ? { type: valueTypeOf(attribute.type), required: !attribute.optional }
        : { type: valueTypeOf(attribute), required: true },
    ),
  );
}

function valueTypeOf(type: WrittenType): ValueType {
  if (typeof type === 'string') return { kind: type };
  return type.type === 'Set' ? { kind: 'Set', of: { kind: type.of } } : { kind: 'Entity', name: type.name };
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
