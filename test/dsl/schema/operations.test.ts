import { expect } from 'chai';
import { opName } from '../../../dsl/schema/read/op-names.ts';
import { expectProblems, readParts } from './document.ts';

const responses = `responses: { '200': { description: fine } }`;
const id = `{ name: id, in: path, required: true, schema: { type: string } }`;
const order = `components:\n  schemas:\n    Order: { type: object, x-authz: { entity: true }, properties: {} }`;
/** `GET /orders` with these lines. */
const orders = (...lines: string[]): { readonly paths: string } => ({
  paths: `paths:\n  /orders:\n    get:\n${[...lines, responses].map((line) => `      ${line}`).join('\n')}`,
});
/** Paths, each with one GET and the parameters that it names. */
const paths = (...templates: string[]): { readonly paths: string } => ({
  paths: `paths:\n${templates
    .map((template) => {
      const names = [...template.matchAll(/\{(.*?)\}/g)].map(([, name]) => name);
      const parameters = names.map(
        (name) => `{ name: '${name}', in: path, required: true, schema: { type: string } }`,
      );
      return `  ${template}: { parameters: [${parameters.join(', ')}], get: { ${responses} } }`;
    })
    .join('\n')}`,
});

describe('operations', () => {
  it('are actions named by method and path, with every principal type and their own endpoint unless they say otherwise', async () => {
    const model = await readParts(orders('operationId: listOrders', 'summary: List orders.'));
    expect(model.actions).to.deep.equal({
      'GET /orders': {
        description: 'List orders.',
        groups: [],
        principals: ['User'],
        resources: ['Endpoint'],
        context: {},
        route: {
          method: 'GET',
          path: '/orders',
          key: 'listOrders',
          resource: { type: 'Endpoint', id: { from: 'endpoint' } },
          sensitive: false,
        },
      },
    });
    expect(model.entityTypes['Endpoint']?.attributes).to.have.keys('method', 'path');
  });

  it('take parameters of their path, and may override them', async () => {
    const model = await readParts({
      paths: `paths:
  /orders/{id}:
    parameters:
      - ${id}
      - { name: X-Reason, in: header, required: true, schema: { type: string } }
      - { name: page, in: query, required: true, schema: { type: integer } }
    get:
      parameters: [{ name: page, in: query, schema: { type: integer } }]
      x-authz:
        resource: { type: Order, id: { path: id } }
        context: { reason: { header: X-REASON }, page: { query: page } }
      ${responses}`,
      components: order,
    });
    expect(model.actions['GET /orders/{id}']?.context).to.deep.equal({
      page: { type: { kind: 'Long' }, required: false, from: { source: 'query', name: 'page' } },
      reason: { type: { kind: 'String' }, required: true, from: { source: 'header', name: 'x-reason' } },
    });
  });

  it('read what only the gateway or only the backend knows', async () => {
    const model = await readParts(
      orders(
        `x-authz: { context: { ip: sourceIp, at: time, total: { backend: { type: [integer, 'null'] } } } }`,
      ),
    );
    expect(model.actions['GET /orders']?.context).to.deep.equal({
      at: { type: { kind: 'datetime' }, required: true, from: { source: 'time' } },
      ip: { type: { kind: 'ipaddr' }, required: true, from: { source: 'sourceIp' } },
      total: { type: { kind: 'Long' }, required: false, from: { source: 'backend' } },
    });
  });

  it('refuse context that nothing declares, that is a secret or more than one value', async () => {
    const context = (text: string): string => `x-authz: { context: { a: ${text} } }`;
    const header = (name: string, schema = '{ type: string }'): string =>
      `parameters: [{ name: ${name}, in: header, schema: ${schema} }]`;
    await expectProblems('UNKNOWN_NAME', orders(context('▸sourceIP2')));
    await expectProblems('UNDECLARED_PARAMETER', orders(context('{ header: ▸X-Reason }')));
    await expectProblems('UNDECLARED_PARAMETER', orders(header('X-Reason'), context('{ query: ▸X-Reason }')));
    await expectProblems('CREDENTIAL', orders(header('Cookie'), context('{ header: ▸Cookie }')));
    await expectProblems('CREDENTIAL', orders(context('{ header: ▸authorization }')));
    await expectProblems(
      'UNSUPPORTED_TYPE',
      orders(header('X-A', '▸{ type: array, items: { type: string } }'), context('{ header: X-A }')),
    );
    const filter = 'style: deepObject, schema: ▸{ type: object, properties: { a: { type: string } } }';
    await expectProblems(
      'UNSUPPORTED_TYPE',
      orders(`parameters: [{ name: filter, in: query, ${filter} }]`, context('{ query: filter }')),
    );
    const content = 'content: { application/json: { schema: { type: string } } }';
    await expectProblems(
      'UNSUPPORTED_TYPE',
      orders(`parameters: [{ name: a, in: query, ${content} }]`, context('{ query: ▸a }')),
    );
    await expectProblems('BAD_VALUE', orders(context('▸{ header: X-A, query: b }')));
    await expectProblems('BAD_NAME', orders('x-authz: { context: { ▸then: time } }'));
    await expectProblems(
      'UNSUPPORTED_TYPE',
      orders(context('{ backend: ▸{ type: string, x-authz: { entity: User } } }')),
    );
  });

  it('find the resource in the path or leave it to the backend', async () => {
    const of = (resource: string): { readonly paths: string; readonly components: string } => ({
      paths: `paths:\n  /orders/{id}: { parameters: [${id}], get: { x-authz: { resource: ${resource} }, ${responses} } }`,
      components: order,
    });
    const route = (await readParts(of('{ type: Order, id: backend }'))).actions['GET /orders/{id}']?.route;
    expect(route?.resource).to.deep.equal({ type: 'Order', id: { from: 'backend' } });
    await expectProblems('UNKNOWN_NAME', of('{ type: Order, id: { path: ▸key } }'));
    await expectProblems('BAD_VALUE', of('{ type: Order, id: ▸id }'));
    await expectProblems('BAD_VALUE', of('▸{ type: Order }'));
  });

  it('are no actions where public, and say so nowhere else', async () => {
    const model = await readParts(orders('x-authz: { public: true }'));
    expect(model.actions).to.deep.equal({});
    expect(model.publicRoutes).to.deep.equal([{ method: 'GET', path: '/orders' }]);
    await expectProblems('BAD_VALUE', orders('x-authz: { public: true, ▸sensitive: true }'));
  });

  it('must tell readers of the document the same as the gateway does', async () => {
    const components = 'components: { securitySchemes: { token: { type: http, scheme: bearer } } }';
    await expectProblems('SECURITY_CLASH', { ...orders('security: ▸[]') });
    await expectProblems('SECURITY_CLASH', {
      ...orders('security: ▸[{ token: [] }]', 'x-authz: { public: true }'),
      components,
    });
    const model = await readParts(orders('security: []', 'x-authz: { public: false }'));
    expect(Object.keys(model.actions)).to.deep.equal(['GET /orders']);
  });

  it('agree with their path about its parameters', async () => {
    await expectProblems('UNDECLARED_PARAMETER', {
      paths: `paths:\n  /orders/{id}: { ▸get: { ${responses} } }`,
    });
    await expectProblems('UNDECLARED_PARAMETER', orders(`parameters: [▸${id}]`));
  });

  it('refuse TRACE, which API Gateway does not have', async () => {
    await expectProblems('UNSUPPORTED_METHOD', { paths: `paths:\n  /orders: { ▸trace: { ${responses} } }` });
  });

  it('are named in op by operationId, else by method and path', () => {
    expect(opName('PUT', '/shelf/order/{id}')).to.equal('putShelfOrderById');
    expect(opName('GET', '/v1.0/audit-log/{from}/{to_day}')).to.equal('getV10AuditLogByFromByToDay');
    expect(opName('GET', '/')).to.equal('get');
  });

  it('refuse two of one name in op', async () => {
    await expectProblems('DUPLICATE_OP', {
      paths: `paths:\n  /a: { get: { operationId: getB, ${responses} } }\n  /b: { ▸get: { ${responses} } }`,
    });
  });
});

describe('path templates', () => {
  it('may be more exact than another one', async () => {
    const model = await readParts(paths('/users/{id}', '/users/me', '/users/{id}/posts', '/v1.0/a:b'));
    expect(Object.keys(model.actions)).to.have.lengthOf(4);
  });

  it('are refused where a request fits two of them', async () => {
    await expectProblems('AMBIGUOUS_PATH', paths('/a/{id}', '▸/a/{name}'));
    await expectProblems('AMBIGUOUS_PATH', paths('/a/{id}/c', '▸/a/b/{id}'));
  });

  it('are refused where API Gateway has no place for them', async () => {
    await expectProblems('AMBIGUOUS_PATH', paths('/a/{id}', '▸/a/{other}/b'));
    for (const path of ['▸/a/', '▸/a//b', '▸/a/{id}.json', '▸/a/b c', '▸/a/{id}/{id}']) {
      await expectProblems('BAD_PATH', {
        paths: `paths:\n  ${path}: { parameters: [${path.includes('{') ? id : ''}], get: { ${responses} } }`,
      });
    }
  });
});
