import { expect } from 'chai';
import type { Action, Model, Route } from '../../cedar/model.ts';
import { webSocketProblems } from '../../infra/websocket-operation.ts';

const operation = (path: string, over: Partial<Action> = {}, route: Partial<Route> = {}): Action => ({
  groups: [],
  principals: ['Member'],
  resources: ['Endpoint'],
  context: {},
  route: {
    method: 'GET',
    path,
    key: path,
    resource: { type: 'Endpoint', id: { from: 'endpoint' } },
    sensitive: false,
    ...route,
  },
  ...over,
});
const header = { type: { kind: 'String' }, required: false, from: { source: 'header', name: 'x' } } as const;
const address = { type: { kind: 'ipaddr' }, required: true, from: { source: 'sourceIp' } } as const;
const MODEL: Model = {
  namespace: 'Lib',
  principalTypes: {},
  entityTypes: {},
  actions: {
    'GET /events': operation('/events', { context: { address } }),
    'GET /events/{id}': operation('/events/{id}'),
    'GET /reasoned': operation('/reasoned', { context: { header } }),
    'GET /loans': operation('/loans', {}, { resource: { type: 'Book', id: { from: 'backend' } } }),
    ViewButton: { groups: [], principals: ['Member'], resources: ['Endpoint'], context: {} },
  },
  actionGroups: {},
  groups: {},
  publicRoutes: [],
};

describe('the operation that stands for opening a WebSocket', () => {
  it('is asked for only where there is a WebSocket API', () => {
    expect(webSocketProblems({ gateways: ['rest', 'http'] }, MODEL)).to.deep.equal([]);
    const [problem] = webSocketProblems({ gateways: ['websocket'] }, MODEL);
    expect(problem?.message).to.include('cedarwright:webSocketOperation is missing');
    expect(problem?.remedy).to.include('GET /events').and.not.include('{id}');
  });

  for (const [name, fits] of [
    ['GET /events', true],
    ['GET /events/{id}', false],
    ['GET /reasoned', false],
    ['GET /loans', false],
    ['ViewButton', false],
    ['GET /nothing', false],
  ] as const)
    it(`${fits ? 'may be' : 'is not'} ${name}`, () => {
      const problems = webSocketProblems({ gateways: ['websocket'], webSocketOperation: name }, MODEL);
      expect(problems).to.have.length(fits ? 0 : 1);
    });
});
