import type { AuthorizationRequest, CedarJson, EntityData } from '../../../cedar/engine.ts';
import { entityKey } from '../../../cedar/slice.ts';
import type { Environment } from '../environments.ts';
import type { Attributes, Schema } from '../schema.ts';

/** A request as it comes to a version: with the facts that its own schema has, and no others. */
export function requestFor(
  request: AuthorizationRequest,
  { action }: Environment,
  schema: Schema,
): AuthorizationRequest {
  const entities = request.entities.flatMap((entity): EntityData[] => {
    if (entityKey(entity.uid) === entityKey(action.uid)) return [{ ...entity, parents: action.ancestors }];
    const shape = schema.entityTypes.get(entity.uid.type);
    if (!shape) return [];
    const { uid, attrs, parents, tags } = entity;
    return [
      {
        uid,
        attrs: declared(attrs, shape.attributes),
        parents: parents.filter(({ type }) => shape.ancestors.has(type)),
        ...(tags && shape.tags && { tags }),
      },
    ];
  });
  return { ...request, context: declared(request.context, action.context), entities };
}

const declared = (
  record: Readonly<Record<string, CedarJson>>,
  attributes: Attributes,
): Readonly<Record<string, CedarJson>> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => Object.hasOwn(attributes, name)));
