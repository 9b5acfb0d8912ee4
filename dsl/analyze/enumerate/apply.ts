import type { EntityUid } from '../../../cedar/ast.ts';
import type { CedarJson } from '../../../cedar/engine.ts';
import type { ValueType } from '../../../cedar/model.ts';
import { entityKey } from '../../../cedar/slice.ts';
import type { Attributes } from '../schema.ts';
import type { Builder } from '../world/build.ts';
import { put } from '../world/put.ts';
import type { Question } from '../verdict.ts';
import type { Path } from '../paths.ts';
import type { Aim } from './aims.ts';

/** Where a value stands, and what it may be. */
interface Slot {
  readonly record: Record<string, CedarJson>;
  readonly name: string;
  readonly type: ValueType;
}

/** Changes a world so that it has what the aims say. What a world cannot have is left as it is. */
export function apply(aims: readonly Aim[], builder: Builder, question: Question): void {
  for (const aim of aims) {
    if (aim.do === 'put in') {
      putIn(aim, builder, question);
    } else if (aim.do === 'put under') {
      const entity = uidOf(valueAt(aim.from, builder, question) ?? '');
      if (entity) putIn({ do: 'put in', at: aim.at, entity }, builder, question);
    } else {
      change(aim, builder, question);
    }
  }
}

function change(
  aim: Exclude<Aim, { do: 'put in' | 'put under' }>,
  builder: Builder,
  question: Question,
): void {
  const slot = slotAt(aim.at, builder, question);
  if (!slot) return;
  const { record, name, type } = slot;
  switch (aim.do) {
    case 'set':
      if (fits(aim.value, type)) put(record, name, aim.value);
      visit(aim.value, builder);
      return;
    case 'any':
      put(record, name, builder.valueOf(type));
      return;
    case 'remove':
      if (isOptional(aim.at, builder, question)) delete record[name];
      return;
    default: {
      const other = valueAt(aim.from, builder, question);
      if (aim.do === 'hold' && other !== undefined && type.kind === 'Set') put(record, name, [other]);
      if (aim.do !== 'vary' && other !== undefined && fits(other, type)) put(record, name, other);
      if (aim.do === 'vary') put(record, name, builder.valueOf(type));
    }
  }
}

/** Entities that are referred to must be there. */
function visit(value: CedarJson, { need }: Builder): void {
  for (const each of Array.isArray(value) ? value : [value]) {
    const uid = uidOf(each);
    if (uid) need(uid);
  }
}

function putIn({ at, entity }: Extract<Aim, { do: 'put in' }>, builder: Builder, question: Question): void {
  const uid = at.steps.length === 0 ? rootUid(at, builder) : uidOf(valueAt(at, builder, question) ?? '');
  if (!uid || entityKey(uid) === entityKey(entity)) return;
  // Whose groups the question settles is in those and in no other.
  if (question.principalIn && entityKey(uid) === entityKey(builder.world.principal)) return;
  if (!question.schema.entityTypes.get(uid.type)?.ancestors.has(entity.type)) return;
  builder.need(uid).parents.set(entityKey(entity), { type: entity.type, id: entity.id });
  builder.need(entity);
}

const rootUid = ({ root }: Path, { world }: Builder): EntityUid | undefined =>
  root === 'principal' || root === 'resource' ? world[root] : undefined;

/** The record that a path ends in. What is optional on the way is made. */
function slotAt(path: Path, builder: Builder, question: Question): Slot | undefined {
  const { world, need, valueOf } = builder;
  const { schema, environment } = question;
  let uid = rootUid(path, builder);
  let record: Record<string, CedarJson> | undefined =
    path.root === 'context' ? world.context : uid && need(uid).attrs;
  let declared: Attributes | undefined =
    path.root === 'context'
      ? environment.action.context
      : schema.entityTypes.get(uid?.type ?? '')?.attributes;
  for (const [index, { name, tag }] of path.steps.entries()) {
    const tags = tag && uid ? schema.entityTypes.get(uid.type)?.tags : undefined;
    if (tag && uid) record = need(uid).tags;
    const type: ValueType | undefined =
      tags ?? (declared && Object.hasOwn(declared, name) ? declared[name]?.type : undefined);
    if (!record || !type) return undefined;
    if (index === path.steps.length - 1) return { record, name, type };
    if (!Object.hasOwn(record, name)) put(record, name, valueOf(type));
    const value: CedarJson = record[name]!;
    uid = uidOf(value);
    if (uid) {
      record = need(uid).attrs;
      declared = schema.entityTypes.get(uid.type)?.attributes;
    } else {
      declared = type.kind === 'Record' ? type.attributes : undefined;
      // A record of its own, so that it can be changed.
      const own = isRecord(value) ? { ...value } : undefined;
      if (own) put(record, name, own);
      record = own;
    }
  }
  return undefined;
}

function valueAt(path: Path, builder: Builder, question: Question): CedarJson | undefined {
  if (path.steps.length === 0) {
    const uid = rootUid(path, builder);
    return uid && { __entity: { type: uid.type, id: uid.id } };
  }
  const slot = slotAt(path, builder, question);
  if (!slot) return undefined;
  if (!Object.hasOwn(slot.record, slot.name)) put(slot.record, slot.name, builder.valueOf(slot.type));
  return slot.record[slot.name];
}

function isOptional(path: Path, builder: Builder, question: Question): boolean {
  const last = path.steps.at(-1);
  if (!last || last.tag) return true;
  const above = { ...path, steps: path.steps.slice(0, -1) };
  const { schema, environment } = question;
  if (above.steps.length === 0 && path.root === 'context') {
    return environment.action.context[last.name]?.required === false;
  }
  const value = valueAt(above, builder, question);
  const uid = value === undefined ? undefined : uidOf(value);
  if (uid) return schema.entityTypes.get(uid.type)?.attributes[last.name]?.required === false;
  const type = slotAt(above, builder, question)?.type;
  return type?.kind === 'Record' && type.attributes[last.name]?.required === false;
}

function uidOf(value: CedarJson): EntityUid | undefined {
  const entity = isRecord(value) ? value['__entity'] : undefined;
  if (entity === undefined || !isRecord(entity)) return undefined;
  const { type, id } = entity;
  return typeof type === 'string' && typeof id === 'string' ? { type, id } : undefined;
}

const isRecord = (value: CedarJson): value is Readonly<Record<string, CedarJson>> =>
  typeof value === 'object' && !Array.isArray(value);

/** Whether a value may stand where a type is declared. Members of sets are taken on trust: the policy was validated. */
function fits(value: CedarJson, type: ValueType): boolean {
  const uid = uidOf(value);
  switch (type.kind) {
    case 'String':
      return typeof value === 'string';
    case 'Bool':
      return typeof value === 'boolean';
    case 'Long':
      return typeof value === 'number' || (typeof value === 'object' && '__extn' in value);
    case 'Set':
      return Array.isArray(value);
    case 'Entity':
      return uid?.type === type.name;
    case 'Record':
      return isRecord(value) && !uid && !('__extn' in value);
    default:
      return typeof value === 'object' && '__extn' in value;
  }
}
