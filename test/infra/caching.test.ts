import { expect } from 'chai';
import type { ActionScope, Policy } from '../../cedar/ast.ts';
import type { Action, ContextAttribute, Model } from '../../cedar/model.ts';
import { cacheableActions } from '../../infra/caching.ts';

const ADDRESS: ContextAttribute = { type: { kind: 'ipaddr' }, required: true, from: { source: 'sourceIp' } };

const operation = (over: Partial<Action> & { readonly sensitive?: boolean } = {}): Action => ({
  groups: ['read'],
  principals: ['Member'],
  resources: ['Endpoint'],
  context: { address: ADDRESS },
  route: {
    method: 'GET',
    path: '/x',
    key: 'getX',
    resource: { type: 'Endpoint', id: { from: 'endpoint' } },
    sensitive: over.sensitive ?? false,
  },
  ...over,
});
const input = (from: ContextAttribute['from']): Action =>
  operation({ context: { input: { type: { kind: 'String' }, required: false, from } } });

const MODEL: Model = {
  namespace: 'Lib',
  principalTypes: {},
  entityTypes: {},
  actions: {
    'GET /plain': operation(),
    'GET /ungrouped': operation({ groups: [] }),
    'GET /sensitive': operation({ sensitive: true }),
    'GET /header': input({ source: 'header', name: 'x-reason' }),
    'GET /query': input({ source: 'query', name: 'format' }),
    ViewButton: { groups: [], principals: ['Member'], resources: ['Endpoint'], context: {} },
  },
  actionGroups: { read: { groups: ['anything'] }, anything: { groups: [] } },
  groups: {},
  publicRoutes: [],
};

const readingContext = (action: ActionScope): Policy => ({
  id: 'reads-context',
  effect: 'permit',
  principal: { kind: 'any' },
  action,
  resource: { kind: 'any' },
  clauses: [
    {
      kind: 'when',
      body: {
        kind: 'call',
        method: 'isLoopback',
        of: { kind: 'attribute', of: { kind: 'variable', name: 'context' }, name: 'address' },
        with: [],
      },
    },
  ],
  annotations: {},
});
const uid = (id: string) => ({ type: 'Lib::Action', id });

describe('operations whose decision a gateway may reuse', () => {
  it('are those that read token, method and path alone', () => {
    expect([...cacheableActions(MODEL, [])]).to.deep.equal(['GET /plain', 'GET /ungrouped']);
  });

  for (const [what, scope, left] of [
    ['it', { kind: '==', action: uid('GET /plain') }, ['GET /ungrouped']],
    ['it among others', { kind: 'in', actions: [uid('ViewButton'), uid('GET /plain')] }, ['GET /ungrouped']],
    ['its group', { kind: 'in', actions: [uid('read')] }, ['GET /ungrouped']],
    ['a group of its group', { kind: 'in', actions: [uid('anything')] }, ['GET /ungrouped']],
    ['every action', { kind: 'any' }, []],
  ] as const) {
    it(`are not one to which a policy on ${what} applies that reads context`, () => {
      expect([...cacheableActions(MODEL, [readingContext(scope)])]).to.deep.equal(left);
    });
  }
});
