import type { EntityUid } from '../../cedar/ast.ts';
import type { CedarJson, EntityData } from '../../cedar/engine.ts';
import { isJson, type Json } from '../aws/input.ts';
import { checkCedarRecord, parseCedarJson, readAttributes, readEntity } from './cedar-value.ts';
import { invalid } from './errors.ts';
import { readObject, readObjects, readOptionalObject } from './fields.ts';

/** An entity's parents at most (API Reference, EntityItem). */
const MAX_PARENTS = 100;

export interface Entity extends EntityData {
  readonly tags?: Readonly<Record<string, CedarJson>>;
}

/**
 * The entities of a request, in either form.
 * @throws AwsError ValidationException
 */
export function readEntities(input: Json): readonly Entity[] {
  const definition = readOptionalObject(input, 'entities');
  if (!definition) return [];
  const entities =
    definition['cedarJson'] === undefined
      ? readObjects(definition, 'entityList', Infinity, 'entities.').map(fromItem)
      : fromCedar(parseCedarJson(definition['cedarJson'], 'entities.cedarJson'));
  // "You can include only principal and resource entities in this parameter" (API Reference, IsAuthorized).
  if (entities.some(({ uid }) => /(^|::)Action$/.test(uid.type)))
    throw invalid('entities', 'entities may not contain actions: the schema defines them');
  return entities;
}

function fromItem(item: Json, index: number): Entity {
  const path = `entities.entityList[${index}]`;
  return {
    uid: readEntity(readObject(item, 'identifier', `${path}.`), `${path}.identifier`),
    attrs: readAttributes(item['attributes'], `${path}.attributes`),
    parents: readObjects(item, 'parents', MAX_PARENTS, `${path}.`).map((parent) =>
      readEntity(parent, `${path}.parents`),
    ),
    ...(isJson(item['tags']) && { tags: readAttributes(item['tags'], `${path}.tags`) }),
  };
}

function fromCedar(value: unknown): Entity[] {
  const path = 'entities.cedarJson';
  if (!Array.isArray(value)) throw invalid(path, `${path} must be a list`);
  return value.map((entity: unknown) => {
    if (!isJson(entity)) throw invalid(path, `${path} must be a list of entities`);
    const { uid, attrs, parents = [], tags } = entity;
    if (!Array.isArray(parents) || parents.length > MAX_PARENTS)
      throw invalid(path, `${path}: parents must be a list of at most ${MAX_PARENTS}`);
    return {
      uid: readUid(uid, path),
      attrs: checkCedarRecord(attrs ?? {}, `${path}.attrs`),
      parents: parents.map((parent) => readUid(parent, path)),
      ...(tags !== undefined && { tags: checkCedarRecord(tags, `${path}.tags`) }),
    };
  });
}

/** `{ type, id }` or `{ __entity: { type, id } }`. */
function readUid(value: unknown, path: string): EntityUid {
  if (!isJson(value)) throw invalid(path, `${path}: an entity's name must be an object`);
  if (isJson(value['__entity'])) return readUid(value['__entity'], path);
  return readEntity({ entityType: value['type'], entityId: value['id'] }, path);
}
