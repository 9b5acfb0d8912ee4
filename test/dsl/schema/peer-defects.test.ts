import { expect } from 'chai';
import { validate } from '../../../cedar/engine.ts';
import { matchRoute } from '../../../cedar/route.ts';
import { cedarSchema } from '../../../dsl/schema/cedar-schema.ts';
import { documentOf, expectProblems, problemsOf, readFiles, readParts, withAttributes } from './document.ts';

const responses = `responses: { '200': { description: fine } }`;
const id = '{ name: id, in: path, required: true, schema: { type: string } }';

/**
 * What @cedar-policy/authorization-for-expressjs 0.1.2 does with API documents, seen by running it: its defects of
 * schema and routing, each turned round.
 */
describe('defects of other generators', () => {
  it('HEAD and OPTIONS do not pass as GET, and are operations where the document has them', async () => {
    const model = await readParts({
      paths: `paths:\n  /items: { get: { ${responses} } }\n  /heads: { head: { ${responses} }, options: { ${responses} } }`,
    });
    for (const method of ['HEAD', 'OPTIONS', 'TRACE', 'PROPFIND']) {
      expect(matchRoute(model, method, '/items'), method).to.equal(undefined);
    }
    expect(matchRoute(model, 'HEAD', '/heads')?.action).to.equal('HEAD /heads');
    expect(matchRoute(model, 'OPTIONS', '/heads')?.action).to.equal('OPTIONS /heads');
  });

  it('/users/me beside /users/{id} is the more exact one', async () => {
    const model = await readParts({
      paths: `paths:\n  /users/{id}: { parameters: [${id}], get: { ${responses} } }\n  /users/me: { get: { ${responses} } }`,
    });
    expect(matchRoute(model, 'GET', '/users/me')?.action).to.equal('GET /users/me');
    expect(matchRoute(model, 'GET', '/users/you')?.action).to.equal('GET /users/{id}');
  });

  it('context has the type that is declared, and none is no context', async () => {
    const model = await readParts({
      paths: `paths:
  /items:
    get:
      parameters: [{ name: page, in: query, required: true, schema: { type: integer } }]
      x-authz: { context: { page: { query: page } } }
      ${responses}
    put: { ${responses} }`,
    });
    expect(model.actions['GET /items']?.context['page']).to.deep.include({
      type: { kind: 'Long' },
      required: true,
    });
    const schema = cedarSchema(model);
    expect(schema['Shop']?.actions['PUT /items']?.appliesTo).to.not.have.property('context');
    const policy =
      'permit(principal, action == Shop::Action::"GET /items", resource) when { context.page > 1 };';
    expect(validate({ schema, policies: { p: policy } })).to.deep.equal([]);
  });

  it('optional parameters and properties stay optional', async () => {
    const model = await readParts({
      paths: `paths:\n  /items:\n    get:\n      parameters: [{ name: page, in: query, schema: { type: string } }]\n      x-authz: { context: { page: { query: page } } }\n      ${responses}`,
      components: `components: { schemas: { Order: { type: object, x-authz: { entity: true, attributes: [a] }, properties: { a: { type: string } } } } }`,
    });
    expect(model.actions['GET /items']?.context['page']?.required).to.equal(false);
    expect(model.entityTypes['Order']?.attributes['a']?.required).to.equal(false);
  });

  it('a number with a fraction is no Long', async () => {
    await expectProblems(
      'UNSUPPORTED_TYPE',
      withAttributes(['{ type: ▸number }', '{ type: ▸number, format: double }']),
    );
  });

  it('combinations, type lists, bare enums, recursion and maps are read or refused, never a crash or dropped', async () => {
    await readParts(
      withAttributes([
        `{ type: [string, 'null'] }`,
        '{ enum: [A, B] }',
        '{ allOf: [{ type: string }, { minLength: 1 }] }',
        '{ oneOf: [{ type: string }, { enum: [A] }] }',
        '{ anyOf: [{ type: object, properties: { a: { type: string } } }, { type: object, properties: { b: { type: string } } }] }',
      ]),
    );
    const node = `    Node: ▸{ type: object, properties: { next: { $ref: '#/components/schemas/Node' } } }`;
    await expectProblems('UNSUPPORTED_TYPE', withAttributes([`{ $ref: '#/components/schemas/Node' }`], node));
    const map =
      '{ type: object, additionalProperties: ▸{ type: string }, properties: { a: { type: string } } }';
    await expectProblems('UNSUPPORTED_TYPE', withAttributes([map]));
  });

  it('parameters may be references or stand at the path; headers count, cookies are refused by name', async () => {
    const api = (context: string): string =>
      documentOf({
        paths: `paths:
  /items/{id}:
    parameters: [{ $ref: '#/components/parameters/Id' }]
    get:
      parameters: [{ $ref: '#/components/parameters/Reason' }, { name: sid, in: cookie, schema: { type: string } }]
      x-authz: { context: ${context} }
      ${responses}`,
        components: `components: { parameters: { Id: ${id}, Reason: { name: X-Reason, in: header, schema: { type: string } } } }`,
      });
    const model = await readFiles({ 'api.yaml': api('{ reason: { header: X-Reason } }') });
    expect(model.actions['GET /items/{id}']?.context['reason']?.from).to.deep.equal({
      source: 'header',
      name: 'x-reason',
    });
    const [problem] = await problemsOf({ 'api.yaml': api('{ sid: { cookie: sid } }') });
    expect(problem?.message).to.contain('"cookie"');
  });

  it('an operationId never changes the name of an action', async () => {
    const named = await readParts({
      paths: `paths:\n  /items: { get: { operationId: listItems, ${responses} } }`,
    });
    const unnamed = await readParts({ paths: `paths:\n  /items: { get: { ${responses} } }` });
    expect(Object.keys(named.actions)).to.deep.equal(Object.keys(unnamed.actions));
    expect(named.actions['GET /items']?.route?.key).to.equal('listItems');
  });

  it('paths may have dots, colons and more, and no path that is unknown finds an operation', async () => {
    const model = await readParts({ paths: `paths:\n  /v1.0/a:b/c_d-e: { get: { ${responses} } }` });
    expect(matchRoute(model, 'GET', '/v1.0/a:b/c_d-e')?.action).to.equal('GET /v1.0/a:b/c_d-e');
    for (const other of ['/v1x0/a:b/c_d-e', '/v1.0/a:b/c_d-e/', '/V1.0/a:b/c_d-e', '/v1.0']) {
      expect(matchRoute(model, 'GET', other), other).to.equal(undefined);
    }
  });
});
