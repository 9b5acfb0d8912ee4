import type { PrincipalAttribute, ValueType } from '../../cedar/model.ts';
import { isFlag, isMapOf, isObject, isOneOf, isText, shapeOf } from '../item-shape.ts';
import type { RegistryRow, TenantAttributes } from '../tables/registry.ts';

/** The claim in which a token carries an attribute that only its tenant has. */
export const claimOfTenantAttribute = (name: string): string => `ext_${name}`;

/** What a tenant adds to its principals, as if the API's document had it: from claims that its token hook writes. */
export const addedToPrincipals = ({
  attributes,
  principalType,
}: RegistryRow): Readonly<Record<string, PrincipalAttribute>> =>
  Object.fromEntries(
    Object.entries(attributes?.[principalType] ?? {}).map(([name, attribute]) => [
      name,
      { ...attribute, from: { source: 'claim', claim: claimOfTenantAttribute(name) } },
    ]),
  );

type Attribute = TenantAttributes[string][string];

const isPlainType = isOneOf('String', 'Long', 'Bool', 'ipaddr', 'decimal', 'datetime', 'duration');

function isValueType(value: unknown): value is ValueType {
  if (!isObject(value)) return false;
  const { kind, of, attributes, name } = value;
  if (kind === 'Set') return isValueType(of);
  if (kind === 'Record') return isMapOf(isAttribute)(attributes);
  return kind === 'Entity' ? isText(name) : isPlainType(kind);
}

const isAttribute = shapeOf<Attribute>({ type: isValueType, required: isFlag });

/** Entity type -> attribute -> type. */
export const isTenantAttributes = isMapOf(isMapOf(isAttribute));
