import type { ValueType } from '../../../../cedar/model.ts';
import { equal, FALSE, type Term, TRUE } from '../language/term.ts';
import { attributesOf, fits, type Sorts } from '../language/sorts.ts';
import { Unsupported } from '../unsupported.ts';

export type RecordType = Extract<ValueType, { kind: 'Record' }>;
export type ScalarType = Exclude<ValueType, { kind: 'Set' | 'Record' }>;

/** A value that depends on the request. */
export type Value = Scalar | RecordValue | SetValue;

export interface Scalar {
  readonly kind: 'scalar';
  readonly type: ScalarType;
  readonly term: Term;
}

export interface RecordValue {
  readonly kind: 'record';
  readonly fields: ReadonlyMap<string, Field>;
}

export interface Field {
  readonly present: Term;
  /** Made when it is read: most of a request never is. */
  readonly value: () => Value;
}

export interface SetValue {
  readonly kind: 'set';
  readonly of: ValueType;
  readonly has: (element: Term) => Term;
  /** All its elements, where they are written down. */
  readonly listed?: readonly Term[];
}

/** A value that is one term. */
export const scalar = (type: ScalarType, term: Term): Scalar => ({ kind: 'scalar', type, term });

/** Strict validation has ruled these out where they can be reached; here they are only where it has looked further. */
const mistyped = (): Unsupported => new Unsupported('an expression whose type is not clear');

/** The term of a value of a kind. @throws Unsupported for another one */
export function asScalar(value: Value, kind: ScalarType['kind']): Term {
  if (value.kind !== 'scalar' || value.type.kind !== kind) throw mistyped();
  return value.term;
}

/** @throws Unsupported for what is no entity */
export function asEntity(value: Value): { readonly type: string; readonly term: Term } {
  if (value.kind !== 'scalar' || value.type.kind !== 'Entity') throw mistyped();
  return { type: value.type.name, term: value.term };
}

/** @throws Unsupported for what is no set */
export function asSet(value: Value): SetValue {
  if (value.kind !== 'set') throw mistyped();
  return value;
}

/** @throws Unsupported for what is no record */
export function asRecord(value: Value): RecordValue {
  if (value.kind !== 'record') throw mistyped();
  return value;
}

/** The type of a value; of a record that is merged, which attributes it may lack. */
export function typeOf(value: Value): ValueType {
  if (value.kind === 'scalar') return value.type;
  if (value.kind === 'set') return { kind: 'Set', of: value.of };
  const attributes = [...value.fields].map(
    ([name, field]) => [name, { type: typeOf(field.value()), required: field.present === TRUE }] as const,
  );
  return { kind: 'Record', attributes: Object.fromEntries(attributes) };
}

/** What arithmetic makes. Where it errs, its term is no value, and the solver would find sets that have it. */
const COMPUTED: ReadonlySet<string> = new Set(['Long', 'datetime', 'duration']);

/** The value as one term: what sets are of. `arrayOf` makes one of a set. */
export function termOf(value: Value, type: ValueType, sorts: Sorts, arrayOf: (set: SetValue) => Term): Term {
  if (type.kind === 'Set') return arrayOf(asSet(value));
  if (type.kind !== 'Record') {
    if (type.kind === 'Entity' && asEntity(value).type !== type.name) throw mistyped();
    const term = asScalar(value, type.kind);
    return COMPUTED.has(type.kind) ? `(ite ${fits(term)} ${term} 0)` : term;
  }
  const { fields } = asRecord(value);
  if ([...fields.keys()].some((name) => !Object.hasOwn(type.attributes, name))) throw mistyped();
  const parts = attributesOf(type).flatMap(([name, { type: inner, required }]): Term[] => {
    const field = fields.get(name);
    const present = field?.present ?? FALSE;
    if (required && present !== TRUE) throw mistyped();
    const term = field ? termOf(field.value(), inner, sorts, arrayOf) : sorts.nothing(inner);
    if (required) return [term];
    return [present, present === TRUE ? term : `(ite ${present} ${term} ${sorts.nothing(inner)})`];
  });
  return sorts.record(type, parts);
}

/** Whether two scalars are equal; those of two types never are. */
export const equalScalars = (a: Scalar, b: Scalar): Term => {
  const [one, other] = [a.type, b.type];
  if (one.kind !== other.kind) throw mistyped();
  if (one.kind === 'Entity' && other.kind === 'Entity' && one.name !== other.name) return FALSE;
  return equal(a.term, b.term);
};
