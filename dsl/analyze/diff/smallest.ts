import type { AuthorizationRequest, CedarJson, EntityData } from '../../../cedar/engine.ts';
import type { ValueType } from '../../../cedar/model.ts';
import { entityKey } from '../../../cedar/slice.ts';
import type { Environment } from '../environments.ts';
import type { Attributes, Schema } from '../schema.ts';

/** More requests than these are not tried: what is left is as good an example. */
const MOST_TRIES = 1_500;

/**
 * Drops from a request what it can do without: optional attributes, tags, members of sets, groups, entities that nobody
 * asks about; numbers become 0, and texts empty. What is required stays, and so do who asks and what is asked about.
 * @param holds whether the request still shows what it is for
 */
export function smallest(
  request: AuthorizationRequest,
  { schema, environment }: { readonly schema: Schema; readonly environment: Environment },
  holds: (request: AuthorizationRequest) => boolean,
): AuthorizationRequest {
  let current = request;
  let tries = 0;
  for (let next: AuthorizationRequest | undefined = current; next;) {
    current = next;
    next = undefined;
    for (const smaller of smallerRequests(current, schema, environment)) {
      tries += 1;
      if (tries > MOST_TRIES) return current;
      if (!holds(smaller)) continue;
      next = smaller;
      break;
    }
  }
  return current;
}

/** The same with one thing less. The largest steps come first. */
function* smallerRequests(
  request: AuthorizationRequest,
  { entityTypes }: Schema,
  { action }: Environment,
): Generator<AuthorizationRequest> {
  const { entities, context } = request;
  const stays = new Set([request.principal, request.resource, action.uid].map(entityKey));
  const instead = (index: number, ...by: readonly EntityData[]): AuthorizationRequest => ({
    ...request,
    entities: entities.toSpliced(index, 1, ...by),
  });
  for (const [index, { uid }] of entities.entries()) {
    if (!stays.has(entityKey(uid))) yield instead(index);
  }
  for (const [index, entity] of entities.entries()) {
    if (entityKey(entity.uid) === entityKey(action.uid)) continue;
    for (const place of entity.parents.keys()) {
      yield instead(index, { ...entity, parents: entity.parents.toSpliced(place, 1) });
    }
  }
  for (const smaller of smallerRecords(context, action.context)) yield { ...request, context: smaller };
  for (const [index, entity] of entities.entries()) {
    const shape = entityTypes.get(entity.uid.type);
    if (!shape) continue;
    for (const attrs of smallerRecords(entity.attrs, shape.attributes))
      yield instead(index, { ...entity, attrs });
    const { tags, ...untagged } = entity;
    if (!tags) continue;
    yield instead(index, untagged);
    for (const name of Object.keys(tags)) yield instead(index, { ...entity, tags: without(tags, name) });
  }
}

type Fields = Readonly<Record<string, CedarJson>>;

function* smallerRecords(record: Fields, declared: Attributes): Generator<Fields> {
  for (const [name, value] of Object.entries(record)) {
    const attribute = Object.hasOwn(declared, name) ? declared[name] : undefined;
    if (!attribute?.required) yield without(record, name);
    if (!attribute) continue;
    for (const smaller of smallerValues(value, attribute.type)) yield { ...record, [name]: smaller };
  }
}

function* smallerValues(value: CedarJson, type: ValueType): Generator<CedarJson> {
  if (type.kind === 'Record' && isRecord(value)) yield* smallerRecords(value, type.attributes);
  if (type.kind === 'Bool' && value !== false) yield false;
  if (type.kind === 'Long' && value !== 0) yield 0;
  if (type.kind === 'String' && value !== '') yield '';
  if (type.kind !== 'Set' || !isList(value) || value.length === 0) return;
  yield [];
  if (value.length === 1) return;
  for (const place of value.keys()) yield value.toSpliced(place, 1);
}

const without = (record: Fields, name: string): Fields =>
  Object.fromEntries(Object.entries(record).filter(([each]) => each !== name));

const isList = (value: CedarJson): value is readonly CedarJson[] => Array.isArray(value);
const isRecord = (value: CedarJson): value is Fields => typeof value === 'object' && !isList(value);
