import { GROUP_TYPE } from '../../../cedar/model.ts';
import type { EntityData } from '../../../cedar/request.ts';
import { describe } from '../../policy/describe.ts';
import type { TestUser } from '../../tenants/tenant.ts';
import { nearest, RequestMistake } from './mistake.ts';
import { cedarRecord, type Declared } from './value.ts';
import { fieldsOf, idOf, recordOf, referIn, tagsOf, type World } from './world.ts';

const FIELDS = ['user', 'type', 'id', 'groups', 'attributes', 'tags'];
const ANYBODY = 'somebody';

/** The principal as its token would have it, and its groups. @throws RequestMistake */
export function principalOf(
  world: World,
  given: unknown,
  action: string,
): readonly [EntityData, ...EntityData[]] {
  const { model } = world;
  const fields = typeof given === 'string' ? { user: given } : fieldsOf(given, 'the principal', FIELDS);
  const user = userOf(world, fields['user']);
  const type = typeOf(world, fields['type']);
  const takes = model.actions[action]?.principals ?? [];
  if (!takes.includes(type)) {
    throw new RequestMistake(
      'TEST_PRINCIPAL',
      `no ${type} can ever do ${action}: it is for ${takes.join(', ')}`,
      'ask for another principal, or widen the action in the API document',
    );
  }
  const refer = referIn(world);
  const groups = groupsOf(world, fields['groups'] ?? user.groups ?? []);
  const attributes = { ...user.attributes, ...recordOf(fields['attributes'], 'attributes of the principal') };
  const parents = groups.map((name) => refer(GROUP_TYPE, name));
  const where = `the ${type}`;
  return [
    {
      uid: refer(type, idOf(fields['id'] ?? fields['user'], 'id of the principal', ANYBODY)),
      attrs: cedarRecord(declaredOf(world, type), attributes, where, refer),
      parents,
      ...tagsOf(model.principalTypes[type]?.tags, fields['tags'], where, refer),
    },
    ...parents.map((uid) => ({ uid, attrs: {}, parents: [] })),
  ];
}

function groupsOf({ model, tenant }: World, names: unknown): readonly string[] {
  const known = [...Object.keys(model.groups), ...tenant.groups];
  if (!Array.isArray(names)) {
    throw new RequestMistake('TEST_GROUP', 'groups of the principal are no list', 'give an array of names');
  }
  return names.map((name: unknown) => {
    if (typeof name === 'string' && known.includes(name)) return name;
    throw new RequestMistake(
      'TEST_GROUP',
      `${tenant.slug} has no group ${describe(name)}`,
      nearest(name, known),
    );
  });
}

function userOf({ tenant }: World, name: unknown): TestUser {
  if (name === undefined) return {};
  if (typeof name === 'string' && Object.hasOwn(tenant.users, name)) return tenant.users[name] ?? {};
  throw new RequestMistake(
    'TEST_USER',
    `${tenant.file} has no user ${describe(name)}`,
    `${nearest(name, Object.keys(tenant.users))} Or describe the principal: { groups, attributes }`,
  );
}

/** The type that the tenant's kind has, unless the test names one. */
function typeOf({ model, tenant }: World, given: unknown): string {
  const types = Object.keys(model.principalTypes);
  if (typeof given === 'string' && types.includes(given)) return given;
  const own = types.filter((type) => model.principalTypes[type]?.kinds.includes(tenant.kind));
  const [only, ...others] = own;
  if (given === undefined && only !== undefined && others.length === 0) return only;
  throw new RequestMistake(
    'TEST_PRINCIPAL',
    given === undefined
      ? `${tenant.kind} has ${own.length} types of principal`
      : `${describe(given)} is no type of principal`,
    `give its type: ${types.join(', ')}`,
  );
}

/** What the pipeline fills in is filled in here too: registry, then the defaults that token hooks write. */
function declaredOf({ model, tenant, phase }: World, type: string): Declared {
  const filled = { tenant: tenant.slug, kind: tenant.kind };
  const own = Object.entries(model.principalTypes[type]?.attributes ?? {}).map(
    ([name, { from, default: otherwise, ...attribute }]) =>
      [name, { ...attribute, otherwise: from.source === 'claim' ? otherwise : filled[from.source] }] as const,
  );
  // What a tenant adds is unknown at the gateway.
  const added = Object.entries(phase === 'backend' ? (tenant.attributes[type] ?? {}) : {});
  return Object.fromEntries([...own, ...added]);
}
