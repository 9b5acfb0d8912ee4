import { type Attribute, RESERVED_ATTRIBUTES, type ValueType } from '../../cedar/model.ts';

/** As JSON has it: an entity by its id, extension types as text. */
export type SampleValue =
  | string
  | number
  | boolean
  | readonly SampleValue[]
  | { readonly [name: string]: SampleValue };
export type Samples = Readonly<Record<string, SampleValue>>;

/** The id of the one row that a new project has of each type. */
export const SAMPLE_ID = '1';

/** A value for each attribute that must be there; what the pipeline sets is not among them. */
export const sampleAttributes = (attributes: Readonly<Record<string, Attribute>>): Samples =>
  Object.fromEntries(
    Object.entries(attributes)
      .filter(([name, { required }]) => required && !RESERVED_ATTRIBUTES.some((it) => it === name))
      .map(([name, { type }]) => [name, sampleOf(type)]),
  );

const SIMPLE = {
  String: 'sample',
  Long: 1,
  Bool: true,
  ipaddr: '192.0.2.1',
  decimal: '1.0',
  datetime: '2026-01-31T08:00:00Z',
  duration: '1h',
  Entity: SAMPLE_ID,
} as const;

function sampleOf(type: ValueType): SampleValue {
  if (type.kind === 'Set') return [sampleOf(type.of)];
  if (type.kind !== 'Record') return SIMPLE[type.kind];
  const required = Object.entries(type.attributes).filter(([, attribute]) => attribute.required);
  return Object.fromEntries(required.map(([name, attribute]) => [name, sampleOf(attribute.type)]));
}
