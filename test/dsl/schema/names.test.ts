import { expect } from 'chai';
import { expectProblems, readParts } from './document.ts';

const top = (rest: string): string =>
  `x-authz:\n  namespace: Shop\n  principals:\n    User: { kinds: [saasTenant] }\n    Robot: { kinds: [serviceClient] }\n${rest}`;
const schemas = (text: string): string => `components:\n  schemas:\n${text}`;
const entity = (name: string): string =>
  `    ${name}: { type: object, x-authz: { entity: true }, properties: {} }`;
const orders = (extension: string): string =>
  `paths:\n  /orders:\n    get:\n      x-authz: ${extension}\n      responses: { '200': { description: fine } }`;

describe('names that an API document declares', () => {
  it('refuses a namespace that Verified Permissions refuses', async () => {
    for (const name of ['Acme-Shop', 'MyAmazon', 'if', 'x'.repeat(101)]) {
      await expectProblems('BAD_NAME', {
        top: `x-authz: { namespace: ▸${name}, principals: { User: { kinds: [saasTenant] } } }`,
      });
    }
    await expectProblems('BAD_NAME', { top: `x-authz: ▸{ principals: { User: { kinds: [saasTenant] } } }` });
  });

  it('refuses types that are no identifiers, words of Cedar or there already', async () => {
    const names = ['Line-Item', 'like', 'Group', 'Endpoint', 'Action', 'String', 'ipaddr'];
    await expectProblems('BAD_NAME', {
      components: schemas(names.map((name) => entity(`▸${name}`)).join('\n')),
    });
    await expectProblems('BAD_NAME', {
      top: `x-authz: { namespace: Shop, principals: { ▸Set: { kinds: [saasTenant] } } }`,
    });
  });

  it('keeps resource types disjoint from principal types', async () => {
    await expectProblems('TYPE_CLASH', { components: schemas(entity('▸User')) });
  });

  it('refuses one schema as two entity types', async () => {
    const text = `${entity('Order')}\n    ▸Purchase: { $ref: '#/components/schemas/Order' }`;
    await expectProblems('TYPE_CLASH', { components: schemas(text) });
  });

  it('gives each kind of tenant one principal type', async () => {
    const of = (kinds: string): string =>
      `x-authz: { namespace: Shop, principals: { User: { kinds: [saasTenant] }, Robot: ${kinds} } }`;
    await expectProblems('TYPE_CLASH', { top: of('{ kinds: [▸saasTenant] }') });
    await expectProblems('UNKNOWN_NAME', { top: of('{ kinds: [▸robotApp] }') });
    await expectProblems('BAD_VALUE', { top: of('{ }').replace('Robot', '▸Robot') });
  });

  it('reports names that nothing declares, with the one that was meant', async () => {
    const [text] = await expectProblems('UNKNOWN_NAME', {
      top: top(`  groups: { ops: { members: [▸Usr] } }`),
    });
    expect(text).to.equal('"Usr" is no principal type — did you mean "User"?');
    await expectProblems('UNKNOWN_NAME', { paths: orders('{ principals: [▸Usr] }') });
    await expectProblems('UNKNOWN_NAME', { paths: orders('{ groups: [▸read] }') });
    await expectProblems('UNKNOWN_NAME', { paths: orders('{ resource: { type: ▸Order, id: backend } }') });
    await expectProblems('UNKNOWN_NAME', {
      components: schemas(
        `    Order: { type: object, x-authz: { entity: true, parents: [▸Shelf] }, properties: {} }`,
      ),
    });
  });

  it('refuses groups that Cognito would refuse, and those without members', async () => {
    await expectProblems('BAD_NAME', { top: top(`  groups: { ▸'two words': { members: [User] } }`) });
    await expectProblems('BAD_VALUE', { top: top(`  groups: { ▸ops: {} }`) });
  });

  it('nests action groups, and refuses cycles, empty ones and the name of an action', async () => {
    const model = await readParts({
      top: top(`  actionGroups: { all: {}, read: { groups: [all] } }`),
      paths: orders('{ groups: [read] }'),
    });
    expect(model.actionGroups).to.deep.equal({ all: { groups: [] }, read: { groups: ['all'] } });
    await expectProblems('EMPTY_GROUP', { top: top(`  actionGroups: { ▸read: {} }`) });
    await expectProblems('GROUP_CYCLE', {
      top: top(`  actionGroups: { all: {}, ▸read: { groups: [read, all] } }`),
      paths: orders('{ groups: [read] }'),
    });
    await expectProblems('NAME_CLASH', {
      top: top(
        `  actions: { Look: { resources: [Endpoint], groups: [Look] } }\n  actionGroups: { ▸Look: {} }`,
      ),
    });
  });

  it('reads domain actions, and refuses a name in the form of a route', async () => {
    const model = await readParts({
      top: top(`  actions: { Look: { description: See it., principals: [User], resources: [Endpoint] } }`),
    });
    expect(model.actions['Look']).to.deep.equal({
      description: 'See it.',
      principals: ['User'],
      resources: ['Endpoint'],
      groups: [],
      context: {},
    });
    await expectProblems('BAD_NAME', { top: top(`  actions: { ▸'GET /look': { resources: [Endpoint] } }`) });
    await expectProblems('BAD_VALUE', { top: top(`  actions: { ▸Look: { principals: [User] } }`) });
  });

  it('says what a misplaced value should have been', async () => {
    await expectProblems('BAD_VALUE', { paths: orders('{ sensitive: ▸often }') });
    await expectProblems('BAD_VALUE', { paths: orders('{ principals: ▸User }') });
    await expectProblems('BAD_VALUE', { paths: orders('{ principals: ▸[] }') });
    await expectProblems('BAD_VALUE', { paths: orders('{ principals: [User, ▸User] }') });
    await expectProblems('UNKNOWN_KEY', { paths: orders('{ ▸sensible: true }') });
  });

  it('are in maps: what stands there as a list or text is no silence', async () => {
    for (const section of ['groups: ▸[ADMIN]', 'actionGroups: ▸[read]', 'actions: ▸[Look]']) {
      await expectProblems('BAD_VALUE', { top: top(`  ${section}`) });
    }
    await readParts({ top: top('  groups:\n  actionGroups: {}') });
  });

  it('name an entity type otherwise than its schema, where that is none in Cedar', async () => {
    const lineItem = (name: string): string =>
      `    line-item: { type: object, x-authz: { entity: true, name: ${name} }, properties: {} }`;
    const model = await readParts({ components: schemas(`${lineItem('LineItem')}\n${entity('Order')}`) });
    expect(model.entityTypes).to.have.keys('Endpoint', 'LineItem', 'Order');
    await expectProblems('BAD_NAME', { components: schemas(lineItem('▸line-item')) });
    await expectProblems('TYPE_CLASH', { components: schemas(`${entity('Order')}\n${lineItem('▸Order')}`) });
    await expectProblems('BAD_NAME', { components: schemas(entity('▸__proto__')) });
    await expectProblems('BAD_NAME', { components: schemas(entity(`▸${'x'.repeat(99)}`)) });
  });

  it('may have parents that are in each other', async () => {
    const nested = (name: string, parents: string): string =>
      `    ${name}: { type: object, x-authz: { entity: true, parents: [${parents}] }, properties: {} }`;
    const model = await readParts({ components: schemas(`${nested('A', 'A, B')}\n${nested('B', 'A')}`) });
    expect(model.entityTypes['A']?.parents).to.deep.equal(['A', 'B']);
  });
});
