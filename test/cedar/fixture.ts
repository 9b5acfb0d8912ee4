import type { EntityLiteral, Expr, Policy, Variable } from '../../cedar/ast.ts';
import type { Attribute, ContextAttribute, Model, PrincipalAttribute, ValueType } from '../../cedar/model.ts';

/** A small library: enough actions to differ in what the gateway knows of them. */

const STRING: ValueType = { kind: 'String' };
const LONG: ValueType = { kind: 'Long' };

const required = (type: ValueType): Attribute => ({ type, required: true });
const optional = (type: ValueType): Attribute => ({ type, required: false });

const claim = (attribute: Attribute, name: string): PrincipalAttribute => ({
  ...attribute,
  from: { source: 'claim', claim: name },
});

const RESERVED: Readonly<Record<string, PrincipalAttribute>> = {
  tenant: { ...required(STRING), from: { source: 'tenant' } },
  kind: { ...required(STRING), from: { source: 'kind' } },
  suspended: claim(required({ kind: 'Bool' }), 'suspended'),
};

const from = (attribute: Attribute, source: ContextAttribute['from']): ContextAttribute => ({
  ...attribute,
  from: source,
});

export const MODEL: Model = {
  namespace: 'Lib',
  principalTypes: {
    Member: {
      kinds: ['saasTenant'],
      tags: LONG,
      attributes: {
        ...RESERVED,
        role: claim(required(STRING), 'role'),
        level: claim(required(LONG), 'level'),
        nick: claim(optional(STRING), 'nick'),
        badge: claim(
          required({ kind: 'Record', attributes: { floor: required(LONG), color: optional(STRING) } }),
          'badge',
        ),
      },
    },
    Robot: {
      kinds: ['serviceClient'],
      attributes: { ...RESERVED, level: claim(required(LONG), 'level') },
    },
  },
  entityTypes: {
    Doc: {
      parents: ['Folder'],
      tenancy: 'tenant',
      tags: STRING,
      attributes: {
        tenant: required(STRING),
        owner: required({ kind: 'Entity', name: 'Member' }),
        size: required(LONG),
        public: required({ kind: 'Bool' }),
        note: optional(STRING),
      },
    },
    Folder: { parents: [], tenancy: 'shared', attributes: {} },
    Endpoint: {
      parents: [],
      tenancy: 'shared',
      attributes: { method: required(STRING), path: required(STRING) },
    },
  },
  actions: {
    'GET /docs/{id}': {
      groups: ['read'],
      principals: ['Member', 'Robot'],
      resources: ['Doc'],
      context: {
        ip: from(required({ kind: 'ipaddr' }), { source: 'sourceIp' }),
        reason: from(optional(STRING), { source: 'header', name: 'x-reason' }),
        risk: from(required(LONG), { source: 'backend' }),
        zone: from(required(STRING), { source: 'header', name: 'x-zone' }),
      },
      route: {
        method: 'GET',
        path: '/docs/{id}',
        key: 'getDoc',
        resource: { type: 'Doc', id: { from: 'path', parameter: 'id' } },
        sensitive: false,
      },
    },
    'POST /docs': {
      groups: ['write'],
      principals: ['Member'],
      resources: ['Doc'],
      context: {
        amount: from(required(LONG), { source: 'query', name: 'amount' }),
        reason: from(optional(STRING), { source: 'header', name: 'x-reason' }),
      },
      route: {
        method: 'POST',
        path: '/docs',
        key: 'postDocs',
        resource: { type: 'Doc', id: { from: 'backend' } },
        sensitive: true,
      },
    },
    'GET /status': {
      groups: ['read'],
      principals: ['Member', 'Robot'],
      resources: ['Endpoint'],
      context: {
        amount: from(required(LONG), { source: 'query', name: 'amount' }),
        risk: from(required(LONG), { source: 'header', name: 'x-risk' }),
        zone: from(required(STRING), { source: 'header', name: 'x-zone' }),
      },
      route: {
        method: 'GET',
        path: '/status',
        key: 'getStatus',
        resource: { type: 'Endpoint', id: { from: 'endpoint' } },
        sensitive: false,
      },
    },
    ViewShareButton: { groups: [], principals: ['Member'], resources: ['Doc'], context: {} },
  },
  actionGroups: { read: { groups: ['anything'] }, write: { groups: ['anything'] }, anything: { groups: [] } },
  groups: { STAFF: { members: ['Member', 'Robot'] }, GUESTS: { members: ['Member'] } },
  publicRoutes: [],
};

export const variable = (name: Variable): Expr => ({ kind: 'variable', name });
export const literal = (value: boolean | bigint | string): Expr => ({ kind: 'literal', value });
export const attribute = (of: Expr | Variable, name: string): Expr => ({
  kind: 'attribute',
  of: typeof of === 'string' ? variable(of) : of,
  name,
});
export const has = (of: Expr | Variable, name: string): Expr => ({
  kind: 'has',
  of: typeof of === 'string' ? variable(of) : of,
  name,
});
export const equal = (left: Expr, right: Expr): Expr => ({ kind: 'compare', op: '==', left, right });
export const lib = (type: string, id: string): EntityLiteral => ({ type: `Lib::${type}`, id });
export const entity = (type: string, id: string): Expr => ({ kind: 'entity', entity: lib(type, id) });
export const and = (...of: Expr[]): Expr => ({ kind: 'and', of });
export const or = (...of: Expr[]): Expr => ({ kind: 'or', of });
export const not = (of: Expr): Expr => ({ kind: 'not', of });

/** A permit of everything, with what the test is about put over it. */
export const policy = (over: Partial<Policy> = {}): Policy => ({
  id: 'p',
  effect: 'permit',
  principal: { kind: 'any' },
  action: { kind: 'any' },
  resource: { kind: 'any' },
  clauses: [],
  annotations: {},
  ...over,
});

export const when = (body: Expr): Policy['clauses'][number] => ({ kind: 'when', body });
export const unless = (body: Expr): Policy['clauses'][number] => ({ kind: 'unless', body });
