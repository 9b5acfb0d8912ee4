import type { EntityUid } from '../../../cedar/ast.ts';
import {
  type AuthorizationRequest,
  type CedarJson,
  preparePolicySet,
  RequestRefused,
} from '../../../cedar/engine.ts';
import type { ValueType } from '../../../cedar/model.ts';
import { entityKey } from '../../../cedar/slice.ts';
import { ProblemsError } from '../../check/problem.ts';
import { entityOf } from '../../testing/cedar-cli/entity-uid.ts';
import { isRecord } from '../../testing/request/value.ts';
import type { Attributes, Schema } from '../schema.ts';
import { type Draft, requestOf } from '../world/world.ts';

/** A request as the Cedar command line takes it. */
export interface PlainRequest {
  /** `User::"alice"` */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly context: unknown;
  /** In Cedar's JSON form. */
  readonly entities: unknown;
}

/** A request in the form that needs no schema, held against the schema. @throws ProblemsError with what is wrong with it */
export function plainRequest(given: PlainRequest, schema: Schema): AuthorizationRequest {
  const uid = (field: 'principal' | 'action' | 'resource'): EntityUid =>
    entityOf(given[field]) ?? wrong(`--${field} names no entity`, 'write User::"alice"');
  const [principal, action, resource] = [uid('principal'), uid('action'), uid('resource')];
  const shape = schema.actions.get(entityKey(action));
  if (!shape) return wrong(`the schema has no action ${given.action}`, 'name one of the schema');
  const context = isRecord(given.context) ? given.context : wrong('the context is no object', 'give { … }');
  const entities = listOf(given.entities);
  conform(schema, { principal, action, resource, context, entities });
  const drafts = new Map(entities.map((entity) => draftOf(entity, schema)));
  for (const each of [principal, resource]) {
    if (!drafts.has(entityKey(each))) drafts.set(entityKey(each), bare(each));
  }
  const world = { principal, resource, context: valuesOf(shape.context, context), entities: drafts };
  const request = requestOf(world, { principal: principal.type, action: shape, resource: resource.type });
  return request ?? wrong('an entity is in itself', 'correct the parents');
}

function wrong(message: string, remedy: string): never {
  throw new ProblemsError([{ code: 'REQUEST', message, remedy }]);
}

const listOf = (given: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(given) && given.every(isRecord)
    ? given
    : wrong('the entities are no list of entities', 'give [{ uid, attrs, parents }]');

/** Says what the engine says, with the schema in its hand. */
function conform(
  schema: Schema,
  request: Parameters<ReturnType<typeof preparePolicySet>['authorize']>[0],
): void {
  const nothing = { staticPolicies: {}, templates: {}, templateLinks: [] };
  try {
    preparePolicySet(nothing, schema.resolved).authorize(request);
  } catch (error) {
    if (error instanceof RequestRefused)
      wrong(`no such request can be: ${error.message}`, 'correct the value');
    throw error;
  }
}

const bare = (uid: EntityUid): Draft => ({ uid, attrs: {}, tags: {}, parents: new Map() });

function draftOf(json: Readonly<Record<string, unknown>>, schema: Schema): readonly [string, Draft] {
  const uid = uidOf(json['uid']);
  const shape = schema.entityTypes.get(uid.type);
  const parents = (Array.isArray(json['parents']) ? json['parents'] : []).map(uidOf);
  const tagType = shape?.tags;
  const tags = isRecord(json['tags']) && tagType ? json['tags'] : {};
  return [
    entityKey(uid),
    {
      uid,
      attrs: valuesOf(shape?.attributes ?? {}, isRecord(json['attrs']) ? json['attrs'] : {}),
      tags: Object.fromEntries(
        Object.entries(tags).map(([name, value]) => [name, valueOf(tagType ?? STRING, value)]),
      ),
      parents: new Map(parents.map((parent) => [entityKey(parent), parent])),
    },
  ];
}

const STRING: ValueType = { kind: 'String' };

function uidOf(json: unknown): EntityUid {
  const inner = isRecord(json) && '__entity' in json ? json['__entity'] : json;
  if (isRecord(inner) && typeof inner['type'] === 'string' && typeof inner['id'] === 'string') {
    return { type: inner['type'], id: inner['id'] };
  }
  return wrong('an entity has no type and id', 'write { "type": "User", "id": "alice" }');
}

const valuesOf = (
  declared: Attributes,
  given: Readonly<Record<string, unknown>>,
): Record<string, CedarJson> =>
  Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, valueOf(declared[name]?.type ?? STRING, value)]),
  );

const FUNCTION = { ipaddr: 'ip', decimal: 'decimal', datetime: 'datetime', duration: 'duration' } as const;

/** The engine has found the value to be of the type; here it only gets the form that says so. */
function valueOf(type: ValueType, value: unknown): CedarJson {
  switch (type.kind) {
    case 'Entity':
      return { __entity: { ...uidOf(value) } };
    case 'Set':
      return Array.isArray(value) ? value.map((member) => valueOf(type.of, member)) : asGiven(value);
    case 'Record':
      return isRecord(value) ? valuesOf(type.attributes, value) : asGiven(value);
    case 'String':
    case 'Long':
    case 'Bool':
      return asGiven(value);
    default:
      return typeof value === 'string'
        ? { __extn: { fn: FUNCTION[type.kind], arg: value } }
        : extensionOf(value);
  }
}

/** `{ "fn": "ip", "arg": "…" }`, with or without its mark. */
const extensionOf = (value: unknown): CedarJson =>
  isRecord(value) && 'fn' in value && !('__extn' in value) ? { __extn: asGiven(value) } : asGiven(value);

function asGiven(value: unknown): CedarJson;
function asGiven(value: unknown): unknown {
  return value;
}
