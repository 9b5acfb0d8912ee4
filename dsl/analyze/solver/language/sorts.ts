import type { EntityUid } from '../../../../cedar/ast.ts';
import type { Attribute, ValueType } from '../../../../cedar/model.ts';
import type { Address } from '../encode/extension-literals.ts';
import type { Names } from './names.ts';
import type { Script } from './script.ts';
import { and, call, implies, integer, or, type Term } from './term.ts';
import { textLiteral } from './texts.ts';

type RecordType = Extract<ValueType, { kind: 'Record' }>;

/** How values of Cedar's types are written for the solver. */
export interface Sorts {
  readonly of: (type: ValueType) => string;
  /** Which terms of the sort are values of the type. */
  readonly isValue: (term: Term, type: ValueType) => Term;
  readonly text: (text: string) => Term;
  readonly entity: (uid: EntityUid) => Term;
  readonly address: (address: Address) => Term;
  /** The parts of a record that is written as one term: first, whether an optional one is there. */
  readonly part: (record: RecordType, name: string) => Part;
  readonly record: (record: RecordType, parts: readonly Term[]) => Term;
  /** Some term of the sort: what stands where nothing is. */
  readonly nothing: (type: ValueType) => Term;
}

export interface Part {
  readonly has: string | undefined;
  readonly value: string;
}

const MOST = 2n ** 63n - 1n;
const LEAST = -(2n ** 63n);
/** Version, bits and prefix of an address, in 8, 128 and 8 bits. */
const ADDRESS_SORT = '(_ BitVec 144)';

/** Whether a result fits in 64 bits. Integers are unbounded here, so that overflow is a comparison. */
export const fits = (term: Term): Term =>
  and(`(<= ${integer(LEAST)} ${term})`, `(<= ${term} ${integer(MOST)})`);

/** The attributes of a record in one order: equal types may list them in several. */
export const attributesOf = ({ attributes }: RecordType): [name: string, attribute: Attribute][] =>
  Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1));

/** One text for one type. */
export const typeKey = (type: ValueType): string => {
  switch (type.kind) {
    case 'Set':
      return `Set<${typeKey(type.of)}>`;
    case 'Entity':
      return type.name;
    case 'Record':
      return `{${attributesOf(type)
        .map(([name, { type, required }]) => `${JSON.stringify(name)}${required ? '' : '?'}:${typeKey(type)}`)
        .join()}}`;
    default:
      return type.kind;
  }
};

/** @param patterns whether texts are texts, because a policy has patterns; else they are numbers */
export function createSorts(script: Script, names: Names, patterns: boolean): Sorts {
  const sorts: Sorts = {
    of(type) {
      switch (type.kind) {
        case 'Bool':
          return 'Bool';
        case 'String':
          return patterns ? 'String' : 'Int';
        case 'ipaddr':
          return ADDRESS_SORT;
        case 'Set':
          return `(Array ${sorts.of(type.of)} Bool)`;
        case 'Record':
          return recordSort(type);
        default:
          return 'Int';
      }
    },
    isValue(term, type) {
      switch (type.kind) {
        case 'Bool':
          return 'true';
        case 'String':
          return patterns ? 'true' : `(<= 0 ${term})`;
        case 'ipaddr':
          return isAddress(term);
        case 'Entity': {
          const count = names.count(type.name);
          return and(`(<= 0 ${term})`, count === undefined ? 'true' : `(< ${term} ${count})`);
        }
        case 'Record':
          return and(
            ...attributesOf(type).map(([name, { type: inner }]) => {
              const { has, value } = sorts.part(type, name);
              const isValue = sorts.isValue(`(${value} ${term})`, inner);
              if (has === undefined) return isValue;
              // Records are equal where their parts are, so what is not there must be one thing.
              const isNothing = `(= (${value} ${term}) ${sorts.nothing(inner)})`;
              return and(implies(`(${has} ${term})`, isValue), or(`(${has} ${term})`, isNothing));
            }),
          );
        case 'Set':
          // What is in it is said of the elements in question, which are values.
          return 'true';
        default:
          return fits(term);
      }
    },
    text: (text) => (patterns ? textLiteral(text) : integer(names.numberOf('', text))),
    entity: ({ type, id }) => integer(names.numberOf(type, id)),
    address: ({ version, bits, prefix }) => `#x${hex(version, 2)}${hex(bits, 32)}${hex(prefix, 2)}`,
    part(record, name) {
      const sort = recordSort(record);
      const index = attributesOf(record).findIndex(([each]) => each === name);
      return {
        has: record.attributes[name]?.required === false ? `${sort}_has${index}` : undefined,
        value: `${sort}_${index}`,
      };
    },
    record: (record, parts) => call(`mk_${recordSort(record)}`, parts),
    nothing(type) {
      if (type.kind === 'Bool') return 'false';
      if (type.kind === 'ipaddr') return sorts.address({ version: 4, bits: 0n, prefix: 32 });
      if (type.kind === 'Set') return `((as const ${sorts.of(type)}) false)`;
      if (type.kind === 'String') return patterns ? '""' : '0';
      if (type.kind !== 'Record') return '0';
      const parts = attributesOf(type).flatMap(([, { type: inner, required }]) =>
        required ? [sorts.nothing(inner)] : ['false', sorts.nothing(inner)],
      );
      return sorts.record(type, parts);
    },
  };
  return sorts;

  function recordSort(type: RecordType): string {
    const fields = attributesOf(type).map(
      ([, { type: inner, required }]) => [required, sorts.of(inner)] as const,
    );
    return script.sort(typeKey(type), (name) => {
      const parts = fields.map(
        ([required, sort], index) =>
          `${required ? '' : `(${name}_has${index} Bool) `}(${name}_${index} ${sort})`,
      );
      return `(declare-datatypes ((${name} 0)) (((mk_${name} ${parts.join(' ')}))))`;
    });
  }
}

const hex = (value: bigint | number, digits: number): string => value.toString(16).padStart(digits, '0');

/** The version of an address: 4 or 6. */
export const versionOf = (term: Term): Term => `((_ extract 143 136) ${term})`;
/** Its 128 bits. */
export const bitsOf = (term: Term): Term => `((_ extract 135 8) ${term})`;
/** The length of its prefix. */
export const prefixOf = (term: Term): Term => `((_ extract 7 0) ${term})`;

/** A range of IPv4 has at most 32 bits, which are the topmost. */
const isAddress = (term: Term): Term =>
  or(
    and(
      `(= ${versionOf(term)} #x04)`,
      `(bvule ${prefixOf(term)} #x20)`,
      `(= ((_ extract 103 8) ${term}) (_ bv0 96))`,
    ),
    and(`(= ${versionOf(term)} #x06)`, `(bvule ${prefixOf(term)} #x80)`),
  );
