import type { Attribute, ValueType } from '../../cedar/model.ts';
import { literal, property, sortedEntries } from './typescript-text.ts';

const NAMES = {
  String: 'Str',
  Long: 'Long',
  Bool: 'Bool',
  ipaddr: 'Ip',
  decimal: 'Decimal',
  datetime: 'Datetime',
  duration: 'Duration',
} as const;

/** The schema that entities in a type are of: with what a tenant adds, or the API's own, as contexts have it. */
export type SchemaName = 'Schema<X>' | 'Schema';

/** Writes attribute types in terms of the language's types, and remembers which of those it used. */
export function attributeTypes() {
  const used = new Set<string>();
  const use = (name: string): string => {
    used.add(name);
    return name;
  };

  function valueText(type: ValueType, schema: SchemaName): string {
    switch (type.kind) {
      case 'Set':
        return `${use('SetOf')}<${valueText(type.of, schema)}>`;
      case 'Entity':
        return `${use('Entity')}<${schema}, ${literal(type.name)}>`;
      case 'Record': {
        const members = sortedEntries(type.attributes).map(
          ([name, attribute]) => `readonly ${property(name)}: ${attributeText(name, attribute, schema)}`,
        );
        return `${use('Rec')}<{ ${members.join('; ')} }>`;
      }
      default:
        return use(NAMES[type.kind]);
    }
  }

  function attributeText(name: string, { type, required }: Attribute, schema: SchemaName): string {
    const value = valueText(type, schema);
    return required ? value : `${use('Optional')}<${value}, ${literal(name)}>`;
  }

  const tagged = (type: ValueType): string => `${use('Tagged')}<${valueText(type, 'Schema<X>')}>`;

  return { of: attributeText, tagged, used: () => [...used] };
}

/** Whether the type of any of the attributes depends on what a tenant adds to the schema. */
export const refersToEntity = (attributes: Readonly<Record<string, Attribute>>): boolean =>
  Object.values(attributes).some(({ type }) => isOrHoldsEntity(type));

export const isOrHoldsEntity = (type: ValueType): boolean =>
  type.kind === 'Entity' ||
  (type.kind === 'Set' && isOrHoldsEntity(type.of)) ||
  (type.kind === 'Record' && refersToEntity(type.attributes));
