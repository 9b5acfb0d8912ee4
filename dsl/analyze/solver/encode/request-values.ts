import type { ValueType } from '../../../../cedar/model.ts';
import type { Attributes, Schema } from '../../schema.ts';
import type { Entity } from './hierarchy.ts';
import type { Script } from '../language/script.ts';
import type { Sorts } from '../language/sorts.ts';
import { type RecordValue, scalar, type Value } from './symbolic.ts';
import { call, FALSE, type Term, TRUE } from '../language/term.ts';

/** A place in a request that policies read: of the context or of an entity, and from there. */
export interface Place {
  readonly of: 'context' | Entity;
  readonly steps: readonly Step[];
}

export type Step = { readonly name: string } | { readonly tag: Term };

/** What was read there. */
export interface Reading {
  readonly place: Place;
  readonly type: ValueType;
  /** Where it need not be there. */
  readonly present?: Term;
  /** Absent where only its presence was asked for, and of a record, which is read part by part. */
  readonly value?: Extract<Value, { kind: 'scalar' | 'set' }>;
}

/** The values of a request, each made when it is first read. */
export interface RequestValues {
  readonly context: () => RecordValue;
  readonly attributes: (entity: Entity) => RecordValue;
  readonly hasTag: (entity: Entity, key: Term) => Term;
  /** Undefined for a type without tags. */
  readonly tag: (entity: Entity, key: Term) => Value | undefined;
  readonly readings: () => readonly Reading[];
}

/** A function of the solver, and what it is of: an attribute is one of its entity. */
interface Source {
  readonly key: string;
  readonly args: readonly Term[];
  readonly sorts: readonly string[];
  readonly place: Place;
}

/** Nothing is read yet. */
export function createRequestValues(
  script: Script,
  sorts: Sorts,
  { entityTypes }: Schema,
  context: Attributes,
): RequestValues {
  const readings = new Map<string, Reading>();
  const note = (key: string, reading: Reading): void => {
    const before = readings.get(key);
    readings.set(key, { ...before, ...reading });
  };
  const noteKey = ({ key, args }: Source): string => `${key} ${args.join(' ')}`;
  const presence = (source: Source, type: ValueType): Term => {
    const present = call(script.declare(`${source.key} has`, source.sorts, 'Bool'), source.args);
    note(noteKey(source), { place: source.place, type, present });
    return present;
  };
  const valueAt = (source: Source, type: ValueType): Value => {
    const { key, args, place } = source;
    if (type.kind === 'Record') return recordAt(source, type.attributes);
    if (type.kind === 'Set') {
      const name = script.declare(key, [...source.sorts, sorts.of(type.of)], 'Bool');
      const value: Value = { kind: 'set', of: type.of, has: (element) => call(name, [...args, element]) };
      note(noteKey(source), { place, type, value });
      return value;
    }
    const term = call(script.declare(key, source.sorts, sorts.of(type)), args);
    script.assert(sorts.isValue(term, type));
    const value = scalar(type, term);
    note(noteKey(source), { place, type, value });
    return value;
  };
  function recordAt(source: Source, attributes: Attributes): RecordValue {
    const fields = Object.entries(attributes).map(([name, { type, required }]) => {
      const { key, place } = source;
      const inner: Source = {
        ...source,
        key: `${key}.${JSON.stringify(name)}`,
        place: { ...place, steps: [...place.steps, { name }] },
      };
      let present: Term | undefined;
      let value: Value | undefined;
      const field = {
        get present() {
          return (present ??= required ? TRUE : presence(inner, type));
        },
        value: () => (value ??= valueAt(inner, type)),
      };
      return [name, field] as const;
    });
    return { kind: 'record', fields: new Map(fields) };
  }
  const tagAt = (of: Entity, key: Term): Source => ({
    key: `tag ${of.type}`,
    args: [of.term, key],
    sorts: ['Int', sorts.of({ kind: 'String' })],
    place: { of, steps: [{ tag: key }] },
  });
  const known = new Map<string, RecordValue>();
  const once = (key: string, make: () => RecordValue): RecordValue => {
    const record = known.get(key) ?? make();
    known.set(key, record);
    return record;
  };
  return {
    context: () =>
      once('context', () =>
        recordAt({ key: 'context', args: [], sorts: [], place: { of: 'context', steps: [] } }, context),
      ),
    attributes: (of) =>
      once(`${of.type} ${of.term}`, () =>
        recordAt(
          { key: `attribute ${of.type}`, args: [of.term], sorts: ['Int'], place: { of, steps: [] } },
          entityTypes.get(of.type)?.attributes ?? {},
        ),
      ),
    hasTag(of, key) {
      const type = entityTypes.get(of.type)?.tags;
      return type ? presence(tagAt(of, key), type) : FALSE;
    },
    tag(of, key) {
      const type = entityTypes.get(of.type)?.tags;
      return type && valueAt(tagAt(of, key), type);
    },
    readings: () => [...readings.values()],
  };
}
