import type { Action, ContextAttribute, Model, PrincipalAttribute, ValueType } from '../../cedar/model.ts';

/**
 * An API of any size, in the proportions of a real one: 20 operations a resource type, four shapes of context, action
 * groups for reading and writing each resource, 22 groups of people. No number in it is random, so that one size is
 * always the same API.
 */

const METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH'] as const;
const NOUNS = [
  'customer', 'order', 'invoice', 'user', 'account', 'ledger', 'report', 'device', 'project', 'ticket',
] as const; // prettier-ignore
export const TEAMS = 20;

const TEXT: ValueType = { kind: 'String' };
const LONG: ValueType = { kind: 'Long' };
const BOOL: ValueType = { kind: 'Bool' };
const USER: ValueType = { kind: 'Entity', name: 'User' };

const claim = (name: string, type: ValueType, required = true): PrincipalAttribute => ({
  type,
  required,
  from: { source: 'claim', claim: name },
});
const RESERVED: Readonly<Record<string, PrincipalAttribute>> = {
  tenant: { type: TEXT, required: true, from: { source: 'tenant' } },
  kind: { type: TEXT, required: true, from: { source: 'kind' } },
  suspended: { ...claim('suspended', BOOL), default: false },
};
const COMMON = { department: claim('department', TEXT), age: claim('age', LONG), ...RESERVED };

/** What a policy may be about: `number` counts from 0. */
export interface Operation {
  readonly name: string;
  /** Of its resource type. */
  readonly resource: number;
  readonly group: string;
}

/** The operations of the API of this size, in the order of their numbers. */
export function operationsOf(size: number): readonly Operation[] {
  const types = resourceTypes(size);
  return Array.from({ length: size }, (_, number) => {
    const resource = number % types;
    const method = METHODS[Math.floor(number / types) % METHODS.length]!;
    const again = Math.floor(number / (types * METHODS.length));
    const path = `/${noun(resource)}${resource}/${noun(resource + 3)}/{id}`;
    return {
      name: `${method} ${path}${again > 0 ? `/${noun(again)}${again}` : ''}`,
      resource,
      group: `${typeName(resource)}:${method === 'GET' ? 'read' : 'write'}`,
    };
  });
}

export function apiOfSize(size: number): Model {
  const operations = operationsOf(size);
  const types = Array.from({ length: resourceTypes(size) }, (_, number) => number);
  return {
    namespace: 'Bench',
    principalTypes: {
      User: {
        kinds: ['saasTenant', 'customerApp'],
        attributes: {
          ...COMMON,
          nick: claim('nick', TEXT, false),
          manager: claim('manager', USER),
          tags: claim('tags', { kind: 'Set', of: TEXT }),
        },
      },
      Robot: { kinds: ['serviceClient'], attributes: { ...COMMON, owner: claim('owner', USER) } },
      Partner: { kinds: ['workforceApp'], attributes: { ...COMMON, company: claim('company', TEXT) } },
    },
    entityTypes: {
      Folder: { parents: ['Folder'], attributes: {}, tenancy: 'shared' },
      Endpoint: {
        parents: [],
        attributes: { method: { type: TEXT, required: true }, path: { type: TEXT, required: true } },
        tenancy: 'shared',
      },
      ...Object.fromEntries(types.map((number) => [typeName(number), resourceType(number)])),
    },
    actions: Object.fromEntries(operations.map((each, number) => [each.name, action(each, number)])),
    actionGroups: Object.fromEntries(operations.map(({ group }) => [group, { groups: [] }])),
    groups: {
      admins: { members: ['User'] },
      bots: { members: ['Robot'] },
      ...Object.fromEntries(
        Array.from({ length: TEAMS }, (_, number) => [`team${number}`, { members: ['User'] }]),
      ),
    },
    publicRoutes: [],
  };
}

const resourceTypes = (size: number): number => Math.max(3, Math.ceil(size / 20));
const noun = (number: number): string => NOUNS[number % NOUNS.length]!;
const typeName = (number: number): string => `Res${number}`;

const resourceType = (number: number): Model['entityTypes'][string] => ({
  parents: ['Folder'],
  tenancy: 'tenant',
  attributes: {
    owner: { type: USER, required: true },
    tenant: { type: TEXT, required: true },
    public: { type: BOOL, required: true },
    size: { type: LONG, required: true },
    [`tags${number}`]: { type: { kind: 'Set', of: TEXT }, required: true },
    [`at${number}`]: { type: { kind: 'datetime' }, required: true },
    [`note${number}`]: { type: TEXT, required: false },
    [`place${number}`]: {
      type: {
        kind: 'Record',
        attributes: { city: { type: TEXT, required: true }, floor: { type: LONG, required: true } },
      },
      required: true,
    },
  },
});

function action({ name, resource, group }: Operation, number: number): Action {
  const [method = '', path = ''] = name.split(' ');
  const header = `c${number % 4}`;
  const context: Readonly<Record<string, ContextAttribute>> = {
    ip: { type: { kind: 'ipaddr' }, required: true, from: { source: 'sourceIp' } },
    mfa: { type: BOOL, required: true, from: { source: 'backend' } },
    [header]: { type: TEXT, required: true, from: { source: 'header', name: `x-${header}` } },
  };
  return {
    groups: [group],
    principals: [['User'], ['User', 'Robot'], ['User', 'Robot', 'Partner']][number % 3]!,
    resources: [typeName(resource)],
    context,
    route: {
      method,
      path,
      key: `operation${number}`,
      resource: { type: typeName(resource), id: { from: 'path', parameter: 'id' } },
      sensitive: false,
    },
    description: `Operation ${number}.`,
  };
}
