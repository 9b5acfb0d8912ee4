import type { ValueType } from '../../cedar/model.ts';
import type { Attribute, AttributeType, Extension } from '../policy/types.ts';
import type { SchemaExtension } from './tenant.ts';

type WrittenType = AttributeType<string>;
type WrittenAttribute = Attribute<string>;

/** The attributes that a tenant adds, in the form of the model: `'String'` becomes `{ type: { kind: 'String' }, required: true }`. */
export const extensionOf = (attributes: Extension<string>): SchemaExtension =>
  mapValues(attributes, (added = {}) => attributesOf(added));

const attributesOf = (written: Readonly<Record<string, WrittenAttribute>>): SchemaExtension[string] =>
  mapValues(written, (attribute) =>
    typeof attribute === 'object' && 'optional' in attribute
      ? { type: valueTypeOf(attribute.type), required: !attribute.optional }
      : { type: valueTypeOf(attribute), required: true },
  );

function valueTypeOf(type: WrittenType): ValueType {
  if (typeof type === 'string') return { kind: type };
  if (type.type === 'Set') return { kind: 'Set', of: valueTypeOf(type.of) };
  return type.type === 'Entity'
    ? { kind: 'Entity', name: type.name }
    : { kind: 'Record', attributes: attributesOf(type.attributes) };
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
