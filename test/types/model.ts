import type { Attribute, ContextAttribute, Model, PrincipalAttribute, ValueType } from '../../cedar/model.ts';

const attribute = (type: ValueType, required = true): Attribute => ({ type, required });
const claim = (name: string, type: ValueType, required = true): PrincipalAttribute => ({
  type,
  required,
  from: { source: 'claim', claim: name },
});
const fact = (type: ValueType, required = true): ContextAttribute => ({
  type,
  required,
  from: { source: 'backend' },
});
const user: ValueType = { kind: 'Entity', name: 'User' };
const text: ValueType = { kind: 'String' };
const long: ValueType = { kind: 'Long' };
const size: ValueType = {
  kind: 'Record',
  attributes: { height: attribute(long), width: attribute(long) },
};
const now = fact({ kind: 'datetime' });

const write = { ip: fact({ kind: 'ipaddr' }), mfa: fact({ kind: 'Bool' }, false), reason: fact(text), now };
const read = { ip: fact({ kind: 'ipaddr' }), depth: fact(long), now };
const people = ['User', 'Robot'];

/** What schema.ts says, as data. */
export const model: Model = {
  namespace: 'Shop',
  principalTypes: {
    User: {
      kinds: ['customerApp', 'saasTenant'],
      attributes: {
        department: claim('department', text),
        age: claim('age', long),
        nick: claim('nick', text, false),
        manager: claim('manager', user),
        tags: claim('tags', { kind: 'Set', of: text }),
        friends: claim('friends', { kind: 'Set', of: user }),
        folders: claim('folders', { kind: 'Set', of: { kind: 'Entity', name: 'Folder' } }),
        house: claim(
          'house',
          { kind: 'Record', attributes: { door: attribute(long), zip: attribute(text, false) } },
          false,
        ),
        addr: claim('addr', {
          kind: 'Record',
          attributes: { city: attribute(text), zip: attribute(text, false) },
        }),
      },
    },
    Robot: {
      kinds: ['serviceClient'],
      attributes: {
        department: claim('department', text),
        nick: claim('nick', text),
        owner: claim('owner', user),
      },
    },
  },
  entityTypes: {
    Customer: {
      parents: ['Folder'],
      tenancy: 'shared',
      attributes: {
        owner: attribute(user),
        public: attribute({ kind: 'Bool' }),
        since: attribute({ kind: 'datetime' }),
        in: attribute(text),
        offset: attribute(long),
      },
    },
    Order: {
      parents: ['Customer', 'Folder'],
      tenancy: 'shared',
      attributes: {
        owner: attribute(user),
        total: attribute(long),
        rate: attribute({ kind: 'decimal' }),
        hold: attribute({ kind: 'duration' }),
        size: attribute(size),
        sizes: attribute({ kind: 'Set', of: size }),
      },
      tags: text,
    },
    Folder: { parents: ['Folder'], tenancy: 'shared', attributes: {}, tags: long },
  },
  actions: {
    'PUT /customer/user/{id}': {
      groups: ['customer:write'],
      principals: ['User'],
      resources: ['Customer'],
      context: write,
    },
    'GET /customer/{id}': {
      groups: ['customer:read'],
      principals: people,
      resources: ['Customer'],
      context: read,
    },
    'GET /order/{id}': { groups: [], principals: people, resources: ['Order'], context: read },
    'POST /order': { groups: [], principals: ['User'], resources: ['Folder'], context: write },
  },
  actionGroups: { 'customer:read': { groups: [] }, 'customer:write': { groups: [] } },
  groups: { admins: { members: ['User'] }, bots: { members: ['Robot'] }, staff: { members: people } },
  publicRoutes: [],
};
