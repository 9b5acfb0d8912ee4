import type { EntityUid } from '../../../../cedar/ast.ts';
import type { AuthorizationRequest, CedarJson } from '../../../../cedar/engine.ts';
import type { Question } from '../../verdict.ts';
import { build, type Builder, plainest } from '../../world/build.ts';
import { poolOf } from '../../world/pool.ts';
import { put } from '../../world/put.ts';
import { requestOf } from '../../world/world.ts';
import { decode, stringOf, uidOf } from './decode.ts';
import { membersOf, setFrom, type Valuation, type Watch } from './elements.ts';
import type { Entity } from '../encode/hierarchy.ts';
import type { Query } from '../query.ts';
import type { Place, Reading } from '../encode/request-values.ts';
import { asEntity } from '../encode/symbolic.ts';
import type { Term } from '../language/term.ts';

/** The terms that a request is made of. */
export function watchesOf(query: Query): Watch[] {
  const { variables, hierarchy, values, sorts } = query;
  const found = new Map<Term, Watch>();
  const watch = (term: Term, sort: string): void => void found.set(term, { term, sort });
  for (const { term } of [variables.principal, variables.resource]) watch(term, 'Int');
  for (const low of hierarchy.lower()) {
    watch(low.term, 'Int');
    for (const high of hierarchy.upper()) {
      watch(high.term, 'Int');
      watch(hierarchy.isAbove(low, high), 'Bool');
    }
  }
  for (const { place, present, value } of values.readings()) {
    if (place.of !== 'context') watch(place.of.term, 'Int');
    for (const step of place.steps) if ('tag' in step) watch(step.tag, sorts.of({ kind: 'String' }));
    if (present !== undefined) watch(present, 'Bool');
    if (value?.kind === 'scalar') watch(value.term, sorts.of(value.type));
    if (value?.kind !== 'set') continue;
    for (const { term, sort } of membersOf(value.has, value.of, query)) watch(term, sort);
  }
  return [...found.values()];
}

/** The request that a valuation stands for, with no more in it than policies read and the schema requires. */
export function requestFrom(question: Question, query: Query, valueOf: Valuation): AuthorizationRequest {
  const { names, hierarchy, variables, values } = query;
  const uid = ({ type, term }: Entity): EntityUid => uidOf(type, valueOf(term), names);
  const principal = uid(asEntity(variables.principal));
  const above = hierarchy.lower().flatMap((low) =>
    hierarchy
      .upper()
      .filter((high) => valueOf(hierarchy.isAbove(low, high)) === 'true')
      .map((high) => [uid(low), uid(high)] as const),
  );
  const given = (question.principalIn ?? []).map((group) => [principal, group] as const);
  const skeleton = { principal, resource: uid(asEntity(variables.resource)), parents: [...above, ...given] };
  const builder = build(
    question,
    skeleton,
    poolOf(question.premises.flatMap(({ policies }) => policies)),
    plainest,
  );
  // A record is there before what is in it.
  const readings = values.readings().toSorted((a, b) => a.place.steps.length - b.place.steps.length);
  for (const reading of readings) settle(reading, builder, query, valueOf);
  const request = requestOf(builder.world, question.environment);
  if (!request) throw new Error('the solver found an entity that is in itself');
  return request;
}

function settle(
  { place, type, present, value }: Reading,
  builder: Builder,
  query: Query,
  valueOf: Valuation,
): void {
  const { names } = query;
  const path = place.steps.map((step) => ('tag' in step ? stringOf(valueOf(step.tag), names) : step.name));
  const settled = (): CedarJson => {
    if (value?.kind === 'scalar') return decode(value.type, valueOf(value.term), names);
    return value ? setFrom(value.has, value.of, query, valueOf) : builder.valueOf(type);
  };
  changeAt(rootOf(place, builder, query, valueOf), path, (record, name) => {
    if (present !== undefined && valueOf(present) !== 'true') Reflect.deleteProperty(record, name);
    else if (value !== undefined || !Object.hasOwn(record, name)) put(record, name, settled());
  });
}

function rootOf(
  { of, steps: [first] }: Place,
  builder: Builder,
  { names }: Query,
  valueOf: Valuation,
): Record<string, CedarJson> {
  if (of === 'context') return builder.world.context;
  const { attrs, tags } = builder.need(uidOf(of.type, valueOf(of.term), names));
  return first && 'tag' in first ? tags : attrs;
}

/** Nothing is changed in a record that is not there. */
function changeAt(
  record: Record<string, CedarJson>,
  [name, ...rest]: readonly string[],
  change: (record: Record<string, CedarJson>, name: string) => void,
): void {
  if (name === undefined) return;
  if (rest.length === 0) {
    change(record, name);
    return;
  }
  const inner = Object.hasOwn(record, name) ? record[name] : undefined;
  if (inner === undefined || !isRecord(inner)) return;
  const copy = { ...inner };
  changeAt(copy, rest, change);
  put(record, name, copy);
}

const isRecord = (value: CedarJson): value is { readonly [name: string]: CedarJson } =>
  typeof value === 'object' && !Array.isArray(value);
