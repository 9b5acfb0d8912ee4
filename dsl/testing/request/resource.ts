import { type Action, ENDPOINT_TYPE, type Model, UNKNOWN_RESOURCE_ID } from '../../../cedar/model.ts';
import type { EntityData } from '../../../cedar/request.ts';
import { describe } from '../../policy/describe.ts';
import { nearest, RequestMistake } from './mistake.ts';
import { cedarRecord, type Declared, type Refer } from './value.ts';
import { fieldsOf, idOf, recordOf, referIn, tagsOf, type World } from './world.ts';

const FIELDS = ['type', 'id', 'attributes', 'parents', 'tags'];
const ANYTHING = 'something';

/** The resource as the phase knows it: the gateway has neither attributes nor ancestors. @throws RequestMistake */
export function resourceOf(world: World, given: unknown, name: string, action: Action): EntityData {
  const refer = referIn(world);
  if (given === undefined) {
    if (action.resources.includes(ENDPOINT_TYPE)) return endpoint(name, action, refer);
    throw new RequestMistake(
      'TEST_RESOURCE',
      `${name} needs a resource`,
      `give a ${action.resources.join(' or a ')}`,
    );
  }
  const fields = fieldsOf(given, 'the resource', FIELDS);
  const type = fields['type'];
  if (typeof type !== 'string' || !action.resources.includes(type)) {
    throw new RequestMistake(
      'TEST_RESOURCE',
      `${name} is never about a resource of type ${describe(type)}`,
      nearest(type, action.resources),
    );
  }
  if (type === ENDPOINT_TYPE) {
    fieldsOf(given, 'an operation', ['type']);
    return endpoint(name, action, refer);
  }
  const id = idOf(fields['id'], 'id of the resource', ANYTHING);
  if (world.phase === 'gateway') {
    const isFound = action.route?.resource.id.from !== 'backend';
    return { uid: refer(type, isFound ? id : UNKNOWN_RESOURCE_ID), attrs: {}, parents: [] };
  }
  const attributes = recordOf(fields['attributes'], 'attributes of the resource');
  const where = `the ${type}`;
  return {
    uid: refer(type, id),
    attrs: cedarRecord(declaredOf(world, type), attributes, where, refer),
    parents: parentsOf(world, type, fields['parents'] ?? [], refer),
    ...tagsOf(world.model.entityTypes[type]?.tags, fields['tags'], where, refer),
  };
}

/** An operation that names no other resource is its own. */
function endpoint(name: string, { route }: Action, refer: Refer): EntityData {
  return {
    uid: refer(ENDPOINT_TYPE, name),
    attrs: route ? { method: route.method, path: route.path } : {},
    parents: [],
  };
}

function declaredOf({ model, tenant }: World, type: string): Declared {
  const { attributes = {}, tenancy } = model.entityTypes[type] ?? {};
  const reach = tenant.dataTenants;
  const owner = reach.includes(tenant.slug) ? tenant.slug : reach[0];
  return {
    ...attributes,
    ...tenant.attributes[type],
    ...(tenancy === 'tenant' && { tenant: { type: { kind: 'String' }, required: true, otherwise: owner } }),
  };
}

function parentsOf({ model }: World, type: string, given: unknown, refer: Refer): EntityData['parents'] {
  if (!Array.isArray(given)) {
    throw new RequestMistake('TEST_PARENT', 'parents of the resource are no list', 'give [{ type, id }]');
  }
  const ancestors = ancestorTypes(model, type);
  return given.map((parent: unknown) => {
    const { type: parentType, id } = fieldsOf(parent, 'a parent', ['type', 'id']);
    if (typeof parentType !== 'string' || !ancestors.includes(parentType)) {
      throw new RequestMistake(
        'TEST_PARENT',
        `a ${type} is never in ${describe(parentType)}`,
        nearest(parentType, ancestors),
      );
    }
    return refer(parentType, idOf(id, 'id of a parent', ANYTHING));
  });
}

function ancestorTypes({ entityTypes }: Model, type: string): string[] {
  const found = new Set<string>();
  const visit = (name: string): void => {
    for (const parent of entityTypes[name]?.parents ?? []) {
      if (found.has(parent)) continue;
      found.add(parent);
      visit(parent);
    }
  };
  visit(type);
  return [...found];
}
