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

/** Writes attribute types in terms of the language's types, and remembers which of those it used. */
export function attributeTypes() {
  const used = new Set<string>();
  const use = (name: string): string => {
    used.add(name);
    return name;
  };

  function valueText(type: ValueType): string {
    switch (type.kind) {
      case 'Set':
        return `${use('SetOf')}<${valueText(type.of)}>`;
      case 'Entity':
        return `${use('Entity')}<Schema<X>, ${literal(type.name)}>`;
      case 'Record': {
        const members = sortedEntries(type.attributes).map(
          ([name, attribute]) => `readonly ${property(name)}: ${attributeText(name, attribute)}`,
        );
        return `${use('Rec')}<{ ${members.join('; ')} }>`;
      }
      default:
        return use(NAMES[type.kind]);
    }
  }

  function attributeText(name: string, { type, required }: Attribute): string {
    return required ? valueText(type) : `${use('Optional')}<${valueText(type)}, ${literal(name)}>`;
  }

  return { of: attributeText, used: () => [...used] };
}

/** Whether an attribute's type depends on what a tenant adds to the schema. */
export const refersToEntity = (attributes: Readonly<Record<string, Attribute>>): boolean =>
  Object.values(attributes).some(({ type }) => isOrHoldsEntity(type));

const isOrHoldsEntity = (type: ValueType): boolean =>
  type.kind === 'Entity' ||
  (type.kind === 'Set' && isOrHoldsEntity(type.of)) ||
  (type.kind === 'Record' && refersToEntity(type.attributes));
