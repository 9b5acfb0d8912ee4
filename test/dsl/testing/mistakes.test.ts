import { expect } from 'chai';
import { policyTests } from '../../../dsl/testing/index.ts';
import { makeProject, type Project } from './project.ts';
import type { Api } from './schema.ts';

type Call = (...given: readonly unknown[]) => { readonly by: (policy: string) => void };

const read = 'GET /orders/{id}';
const home = { city: 'Bern' };
const alice = { user: 'alice', attributes: { home } };
const attributes = { labels: [], owner: 'alice', rate: '0.5', total: 50 };
const order = { type: 'Order', attributes };
const office = { ip: '10.1.2.3', stock: 1 };

describe('a policy test that no request can be is a mistake, not a deny:', () => {
  let project: Project;
  let cannot: Call;
  let table: Call;
  let atGateway: Call;

  before(async () => {
    project = await makeProject();
    const { policies } = policyTests<Api>();
    // Without their types: what the compiler refuses is refused when it is run, too.
    const acme: object = await policies('acme', { root: project.root });
    const gateway: object = await policies('acme', { root: project.root, phase: 'gateway' });
    cannot = Reflect.get(acme, 'cannot');
    table = Reflect.get(acme, 'table');
    atGateway = Reflect.get(gateway, 'cannot');
  });
  after(() => project.remove());

  const refused = (what: string, ask: () => unknown, message: string): void => {
    it(what, () => {
      let told = 'nothing';
      try {
        ask();
      } catch (error) {
        told = error instanceof Error ? error.message : String(error);
      }
      expect(told).to.include(message);
      expect(told).to.match(/^\S*mistakes\.test\.ts:\d+:\d+ \[TEST_/);
    });
  };

  describe('about the principal', () => {
    const ask = (principal: unknown) => () => cannot(principal, read, order, office);
    refused(
      'an unknown user',
      ask('alicia'),
      '[TEST_USER] tenants/acme.ts has no user "alicia" — did you mean "alice"?',
    );
    refused(
      'an unknown group',
      ask({ ...alice, groups: ['CLERKS'] }),
      '[TEST_GROUP] acme has no group "CLERKS" — did you mean "CLERK"?',
    );
    refused(
      'groups that are no list',
      ask({ ...alice, groups: 'CLERK' }),
      '[TEST_GROUP] groups of the principal are no list',
    );
    refused('an unknown type', ask({ type: 'Person' }), '[TEST_PRINCIPAL] "Person" is no type of principal');
    refused(
      'an attribute that is missing',
      ask({ groups: ['CLERK'] }),
      '[TEST_ATTRIBUTE] the User is given no "age", which it always has',
    );
    refused(
      'part of a record that is missing',
      ask({ ...alice, attributes: { home: {} } }),
      'the User.home is given no "city"',
    );
    refused(
      'tags of what has none',
      ask({ ...alice, tags: { a: 'b' } }),
      '[TEST_REQUEST] the User has no tags',
    );
    refused(
      'a misspelt part',
      ask({ ...alice, atributes: {} }),
      '[TEST_REQUEST] the principal takes no "atributes" — did you mean "attributes"?',
    );
    refused('nothing at all', ask(undefined), '[TEST_REQUEST] the principal is no object');
    refused(
      'one that never does it',
      () => cannot({ type: 'Robot' }, 'POST /orders', { type: 'Box' }),
      '[TEST_PRINCIPAL] no Robot can ever do POST /orders: it is for User',
    );
  });

  describe('about the resource', () => {
    const ask = (changes: object) => () => cannot(alice, read, { ...order, ...changes }, office);
    const asking = (changes: object) => ask({ attributes: { ...attributes, ...changes } });
    refused(
      'an attribute that is none',
      asking({ totl: 5 }),
      '[TEST_ATTRIBUTE] the Order has no "totl" — did you mean "total"?',
    );
    refused(
      'an attribute that is missing',
      ask({ attributes: {} }),
      '[TEST_ATTRIBUTE] the Order is given no "labels"',
    );
    refused(
      'a value of another type',
      asking({ total: '5' }),
      '[TEST_VALUE] the Order.total is "5" — give an integer',
    );
    refused(
      'a member of another type',
      asking({ labels: ['a', 1] }),
      '[TEST_VALUE] the Order.labels[1] is 1 — give a string',
    );
    refused(
      'an integer past 64 bits',
      asking({ total: 2n ** 63n }),
      '[TEST_VALUE] the Order.total is 9223372036854775808',
    );
    refused(
      'a number that may have been rounded',
      asking({ total: 2 ** 53 }),
      '[TEST_VALUE] the Order.total is 9007199254740992',
    );
    refused('a fraction', asking({ total: 0.5 }), '[TEST_VALUE] the Order.total is 0.5');
    refused('text that is no decimal', asking({ rate: 'much' }), '[TEST_REQUEST] no such request can be: ');
    refused(
      'an entity that is none',
      asking({ owner: { id: 'alice' } }),
      '[TEST_VALUE] the Order.owner is a JavaScript object — give the id of a User',
    );
    refused(
      'another type',
      ask({ type: 'Shelf' }),
      `[TEST_RESOURCE] ${read} is never about a resource of type "Shelf" — take one of Order`,
    );
    refused(
      'a parent of another type',
      ask({ parents: [{ type: 'User', id: 'x' }] }),
      '[TEST_PARENT] a Order is never in "User"',
    );
    refused(
      'a tag of another type',
      ask({ tags: { a: 1 } }),
      '[TEST_VALUE] the Order.tags.a is 1 — give a string',
    );
    refused(
      'a misspelt part',
      ask({ parent: [] }),
      '[TEST_REQUEST] the resource takes no "parent" — did you mean "parents"?',
    );
    refused('an empty id', ask({ id: '' }), '[TEST_REQUEST] id of the resource is no text');
    refused(
      'none',
      () => cannot(alice, read, undefined, office),
      `[TEST_RESOURCE] ${read} needs a resource — give a Order`,
    );
  });

  describe('about the rest', () => {
    refused(
      'a context that is missing',
      () => cannot(alice, read, order),
      '[TEST_ATTRIBUTE] the context is given no "ip"',
    );
    refused(
      'text that is no address',
      () => cannot(alice, read, order, { ...office, ip: '10.0.0' }),
      '[TEST_REQUEST] no such request can be: error while evaluating `ipaddr`',
    );
    refused(
      'an unknown action',
      () => cannot(alice, 'GET /order/{id}', order, office),
      `[TEST_ACTION] the API has no action "GET /order/{id}" — did you mean "${read}"?`,
    );
    refused(
      'an action that no gateway sees',
      () => atGateway(alice, 'ShowButton', order),
      '[TEST_ACTION] ShowButton is no operation, so no gateway decides it',
    );
    refused(
      'an unknown policy',
      () =>
        cannot(alice, read, { ...order, attributes: { ...attributes, total: 100 } }, office).by(
          'nothing-deer',
        ),
      '[TEST_POLICY] acme has no policy "nothing-deer" here — did you mean "nothing-dear"?',
    );
    refused(
      'a guardrail that the schema enforces',
      () =>
        cannot(alice, read, { ...order, attributes: { ...attributes, total: 100 } }, office).by(
          'guardrail-no-robots',
        ),
      '[TEST_POLICY] the schema of acme enforces "guardrail-no-robots"',
    );
    refused(
      'a table without an answer',
      () => table([[read, order, office]], [alice]),
      '[TEST_TABLE] row 1 has no answer for column 1',
    );
  });
});
