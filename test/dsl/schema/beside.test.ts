import { expect } from 'chai';
import { documentOf, problemsOf, readFiles } from './document.ts';

const responses = `responses: { '200': { description: fine } }`;
const id = (name: string): string => `{ name: ${name}, in: path, required: true, schema: { type: string } }`;
const API = documentOf({
  top: '',
  paths: `paths:
  /items:
    get: { operationId: list, ${responses} }
    post: { operationId: create, ${responses} }
  /items/{itemId}: { parameters: [${id('itemId')}], get: { ${responses} } }`,
  components: `components:
  schemas:
    line-item:
      type: object
      required: [total]
      properties: { total: { type: integer }, owner: { type: string }, address: { $ref: '#/components/schemas/Address' } }
    Address: { type: object, properties: { city: { type: string }, zip: { type: string } } }`,
});
const TOP = 'namespace: Shop\nprincipals: { User: { kinds: [saasTenant] } }\n';
const read = (authz: string, api = API) => readFiles({ 'api.yaml': api, 'authz.yaml': TOP + authz });
const problems = async (authz: string, api = API) =>
  (await problemsOf({ 'api.yaml': api, 'authz.yaml': TOP + authz })).map(
    ({ site, code }) => `${site?.file.replace(/^.*\//, '')}:${site?.line}:${site?.column} ${code}`,
  );

describe('words of x-authz beside a document', () => {
  it('say of its parts what its own words would', async () => {
    const model = await read(`groups: { ADMIN: { members: [User] } }
actionGroups: { read: {} }
actions: { View: { resources: [LineItem] } }
components:
  line-item:
    entity: true
    name: LineItem
    attributes: [total, owner, address]
    properties: { total: { log: true }, owner: { entity: User }, address: { attributes: [city] } }
paths:
  /items: { groups: [read] }
operations:
  GET /items/{itemId}: { resource: { type: LineItem, id: { path: itemId } }, sensitive: true, op: getItem }
  POST /items: { groups: [] }
`);
    expect(model).to.include({ namespace: 'Shop' });
    expect(model.groups).to.have.keys('ADMIN');
    expect(model.entityTypes['LineItem']?.attributes).to.deep.equal({
      address: {
        type: {
          kind: 'Record',
          attributes: { city: { type: { kind: 'String' }, required: false } },
        },
        required: false,
      },
      owner: { type: { kind: 'Entity', name: 'User' }, required: false },
      tenant: { type: { kind: 'String' }, required: true },
      total: { type: { kind: 'Long' }, required: true, log: true },
    });
    const { route, ...action } = model.actions['GET /items/{itemId}']!;
    expect(route).to.deep.equal({
      method: 'GET',
      path: '/items/{itemId}',
      key: 'getItem',
      resource: { type: 'LineItem', id: { from: 'path', parameter: 'itemId' } },
      sensitive: true,
    });
    expect(action.resources).to.deep.equal(['LineItem']);
    expect(model.actions['GET /items']?.groups).to.deep.equal(['read']);
    expect(model.actions['POST /items']?.groups).to.deep.equal([]);
  });

  it('add to words of the document, and never change them', async () => {
    const own = API.replace('operationId: list,', 'operationId: list, x-authz: { sensitive: true },');
    const model = await read(
      `actionGroups: { read: {} }\noperations: { GET /items: { groups: [read] } }\n`,
      own,
    );
    expect(model.actions['GET /items']).to.deep.include({ groups: ['read'] });
    expect(model.actions['GET /items']?.route?.sensitive).to.equal(true);
    expect(await problems('operations: { GET /items: { sensitive: false } }\n', own)).to.deep.equal([
      'authz.yaml:3:29 SAID_TWICE',
    ]);
    const top = API.replace('paths:', 'x-authz: { groups: { ADMIN: { members: [User] } } }\npaths:');
    expect((await read('groups: { OPS: { members: [User] } }\n', top)).groups).to.have.keys('ADMIN', 'OPS');
    expect(await problems('groups: { ADMIN: { description: x } }\n', top)).to.deep.equal([]);
    expect(await problems('groups: { ADMIN: { members: [User] } }\n', top)).to.deep.equal([
      'authz.yaml:3:20 SAID_TWICE',
    ]);
  });

  it('are mistakes where they name nothing or mean nothing', async () => {
    const entity = 'entity: true, name: LineItem';
    for (const [text, expected] of [
      ['grups: {}', 'UNKNOWN_KEY'],
      ['components: { LineItm: { entity: true } }', 'UNKNOWN_NAME'],
      [`components: { line-item: { ${entity}, properties: { totl: { log: true } } } }`, 'UNKNOWN_NAME'],
      [`components: { line-item: { ${entity}, properties: { total: { log: true } } } }`, 'UNREAD_EXTENSION'],
      ['components: { Address: { attributes: [city] } }', 'UNREAD_EXTENSION'],
      ['paths: { /item: { groups: [] } }', 'UNKNOWN_NAME'],
      ['operations: { PUT /items: { groups: [] } }', 'UNKNOWN_NAME'],
      ['operations: { GET /items: { grups: [] } }', 'UNKNOWN_KEY'],
      ['operations: { GET /items: { rename: {} } }', 'UNKNOWN_KEY'],
      ['paths: { /items: { op: x } }', 'UNKNOWN_KEY'],
    ] as const) {
      const found = await problems(`${text}\n`);
      expect(
        found.map((problem) => problem.split(' ')[1]),
        text,
      ).to.deep.equal([expected]);
      expect(found[0], text).to.match(/^authz\.yaml:3:/);
    }
  });

  it('are a YAML file', async () => {
    expect((await problems('a: [')).every((problem) => problem.endsWith('BAD_DOCUMENT'))).to.equal(true);
    expect(await problemsOf({ 'api.yaml': API, 'authz.yaml': '[]' })).to.not.deep.equal([]);
  });
});

describe('words of a path', () => {
  const withPath = (words: string, operation = '{}'): string =>
    documentOf({
      paths: `paths:\n  /items:\n    x-authz: ${words}\n    get: { x-authz: ${operation}, ${responses} }\n    put: { ${responses} }`,
    });
  const TOP_GROUPS = (api: string): string =>
    api.replace('namespace: Shop', 'namespace: Shop\n  actionGroups: { a: {}, b: {} }');

  it('hold for its operations, whose own replace them', async () => {
    const model = await readFiles({
      'api.yaml': TOP_GROUPS(withPath('{ groups: [a], sensitive: true }', '{ groups: [b] }')),
    });
    const [get, put] = [model.actions['GET /items'], model.actions['PUT /items']];
    expect([get?.groups, put?.groups]).to.deep.equal([['b'], ['a']]);
    expect([get?.route?.sensitive, put?.route?.sensitive]).to.deep.equal([true, true]);
  });

  it('may open or leave out all of them but one', async () => {
    const open = await readFiles({ 'api.yaml': withPath('{ public: true }', '{ public: false }') });
    expect(Object.keys(open.actions)).to.deep.equal(['GET /items']);
    expect(open.publicRoutes).to.deep.equal([{ method: 'PUT', path: '/items' }]);
    const one = await readFiles({ 'api.yaml': withPath('{ omit: true }', '{ omit: false }') });
    expect(Object.keys(one.actions)).to.deep.equal(['GET /items']);
    expect(one.publicRoutes).to.deep.equal([]);
    const codes = await problemsOf({ 'api.yaml': withPath('{ omit: true }', '{ sensitive: true }') });
    expect(codes.map(({ code }) => code)).to.deep.equal(['BAD_VALUE']);
  });
});
