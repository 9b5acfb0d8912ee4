import { expect } from 'chai';
import type { Action, Model, Route } from '../../../cedar/model.ts';
import { Expected } from '../../../cli/fail.ts';
import { planOf } from '../../../cli/init/plan.ts';
import { tenantFile } from '../../../cli/init/files/tenant.ts';
import { guardrailsFile } from '../../../cli/init/files/guardrails.ts';

const text = { type: { kind: 'String' }, required: true } as const;

const ENDPOINT: Route['resource'] = { type: 'Endpoint', id: { from: 'endpoint' } };

function action(name: string, changes: Partial<Action> = {}, resource = ENDPOINT): Record<string, Action> {
  const [method = '', path = ''] = name.split(' ');
  const route = {
    method,
    path,
    key: name.replaceAll(/\W/g, '_'),
    resource,
    sensitive: false,
  };
  return {
    [name]: { groups: [], principals: ['User'], resources: ['Endpoint'], context: {}, route, ...changes },
  };
}

const modelOf = (actions: readonly Record<string, Action>[], changes: Partial<Model> = {}): Model => ({
  namespace: 'Api',
  principalTypes: {
    User: {
      kinds: ['saasTenant'],
      attributes: {
        tenant: { ...text, from: { source: 'tenant' } },
        role: { ...text, from: { source: 'claim', claim: 'role' } },
        nick: { ...text, required: false, from: { source: 'claim', claim: 'nick' } },
        level: {
          type: { kind: 'Long' },
          required: true,
          from: { source: 'claim', claim: 'level' },
          default: 0,
        },
      },
    },
  },
  entityTypes: {
    Endpoint: { parents: [], attributes: { method: text, path: text }, tenancy: 'shared' },
    Thing: { parents: [], attributes: { tenant: text, colour: text }, tenancy: 'tenant' },
  },
  actions: Object.assign({}, ...actions),
  actionGroups: {},
  groups: {},
  publicRoutes: [],
  ...changes,
});
const plan = (actions: readonly Record<string, Action>[], changes: Partial<Model> = {}) =>
  planOf(modelOf(actions, changes), { name: 'shop', api: 'api/openapi.yaml', dependencies: {} });
const names = (operations: readonly { readonly action: string }[]): string[] =>
  operations.map((operation) => operation.action);

describe('the plan of a new project', () => {
  it('reads what is easiest to ask for, writes something, and forbids a deletion', () => {
    const { operations } = plan([
      action('GET /a/{x}/{y}'),
      action('GET /b'),
      action('POST /b'),
      action('PUT /c'),
      action('DELETE /b'),
      action('PATCH /b'),
      action('POST /z'),
      action('HEAD /b'),
    ]);
    expect(names(operations.reads)).to.deep.equal(['GET /b', 'GET /a/{x}/{y}']);
    expect(operations.reads[1]?.path).to.equal('/a/1/1');
    expect(names(operations.writes)).to.deep.equal(['PATCH /b', 'POST /b', 'POST /z']);
    expect(operations.refused?.action).to.equal('DELETE /b');
  });

  it('allows something where all is asked by POST, and forbids nothing where there is just one more', () => {
    const { operations } = plan([action('POST /calls/a'), action('POST /calls/b')]);
    expect(names(operations.reads)).to.deep.equal(['POST /calls/a']);
    expect(names(operations.writes)).to.deep.equal(['POST /calls/b']);
    expect(operations.refused).to.equal(undefined);
  });

  it('leaves out what a plain request or this kind of user cannot ask', () => {
    const header = { reason: { ...text, from: { source: 'header', name: 'X-Reason' } } } as const;
    const optional = { page: { ...text, required: false, from: { source: 'query', name: 'page' } } } as const;
    const { operations } = plan([
      action('GET /asked', { context: header }),
      action('GET /robots', { principals: ['Robot'] }),
      action('GET /hidden', {}, { type: 'Thing', id: { from: 'backend' } }),
      { View: { groups: [], principals: ['User'], resources: ['Thing'], context: {} } },
      action('GET /paged', { context: optional }),
    ]);
    expect(names(operations.reads)).to.deep.equal(['GET /paged']);
  });

  it('gives users and rows what they must have, and nothing that the pipeline sets', () => {
    const made = plan([action('GET /a', { resources: ['Thing'] })]);
    expect(made.userAttributes).to.deep.equal({ role: 'sample' });
    expect(made.rows).to.deep.equal({ Thing: { 1: { colour: 'sample' } } });
    expect(tenantFile(made)).to.include('attributes: {"role":"sample"}');
  });

  it('asks the guardrails for the tenant of a resource exactly where one can have it', () => {
    const isAsked = (resources: string[]): boolean =>
      /^ {2}forbid\(\)\n {4}\.when\(\(\{ resource \}\)/m.test(
        guardrailsFile(plan([action('GET /a', { resources })])),
      );
    expect(isAsked(['Thing'])).to.equal(true);
    expect(isAsked(['Endpoint'])).to.equal(false);
  });

  it('calls its groups differently where the API has one of the name', () => {
    const READER = { members: ['User'] };
    expect(plan([action('GET /a')], { groups: { READER } }).groups).to.deep.equal({
      reader: 'ACME_READER',
      editor: 'EDITOR',
    });
  });

  it('says why an API has nothing to begin with', () => {
    expect(() => plan([])).to.throw(Expected, 'plain request');
    const principalTypes = { Robot: { kinds: ['serviceClient'], attributes: {} } };
    expect(() => plan([action('GET /a')], { principalTypes })).to.throw(Expected, 'saasTenant');
  });
});
