import { expect } from 'chai';
import { gatewayQuestion } from '../../../authz/decide/question.ts';
import type { Identity } from '../../../authz/identity/identify.ts';
import { readRestEvent } from '../../../authz/request/rest.ts';
import { model, registryRow, SUB } from '../fixture.ts';
import { bearer, type EventOptions, restEvent } from '../rest-event.ts';

const identity: Identity = {
  sub: SUB,
  groups: ['LIBRARIAN', 'NIGHT_SHIFT'],
  attributes: { tenant: 'acme', kind: 'saasTenant', suspended: false, role: 'NONE' },
  tenantAttributes: { costCenter: 'c1' },
  row: registryRow(),
  expiresAt: Date.now() + 60_000,
};

function ask(options: EventOptions, who = identity) {
  const read = readRestEvent(restEvent({ headers: [bearer('a.b.c')], ...options }), model);
  if (!read.ok) throw new Error(read.reason);
  return gatewayQuestion(who, read.operation, read.request, model);
}
const question = (options: EventOptions) => {
  const asked = ask(options);
  if (!asked.ok) throw new Error(asked.reason);
  return asked.question;
};
const search = (query: NonNullable<EventOptions['query']>, headers: EventOptions['headers'] = []) => ({
  method: 'GET',
  resource: '/search',
  path: '/search',
  query,
  headers: [bearer('a.b.c'), ...headers],
});

describe('the question of the gateway', () => {
  it('names principal and groups with the slug, and goes to the store of the gateway', () => {
    const user = { type: 'Library::Reader', id: `acme|${SUB}` };
    const groups = ['LIBRARIAN', 'NIGHT_SHIFT'].map((name) => ({
      type: 'Library::Group',
      id: `acme|${name}`,
    }));
    const book = { type: 'Library::Book', id: '42' };
    expect(question({})).to.deep.equal({
      slug: 'acme',
      policyStoreId: 'PSgateway',
      principal: user,
      action: { type: 'Library::Action', id: 'PUT /books/{id}' },
      resource: book,
      context: {},
      entities: [
        { uid: user, attrs: identity.attributes, parents: groups },
        ...groups.map((uid) => ({ uid, attrs: {}, parents: [] })),
        { uid: book, attrs: {}, parents: [] },
      ],
    });
  });

  it('is not asked for a type of principal that the operation is not for', () => {
    const stranger = { ...identity, row: registryRow({ principalType: 'Robot' }) };
    expect(ask({}, stranger)).to.deep.equal({ ok: false, reason: 'PRINCIPAL_TYPE_REFUSED' });
  });

  it('decodes the id of the resource once, and refuses what another part might read differently', () => {
    expect(question({ path: '/books/a%20b' }).resource.id).to.equal('a b');
    for (const path of ['/books/a%2Fb', '/books/%2e%2e', '/books/a%00', '/books/%ff', '/books/%2A'])
      expect(ask({ path }), path).to.deep.equal({ ok: false, reason: 'RESOURCE_ID_REFUSED' });
  });

  it('sends the reserved id for a resource that only the backend can find', () => {
    const { resource } = question({ method: 'POST', resource: '/loans', path: '/loans' });
    expect(resource).to.deep.equal({ type: 'Library::Book', id: '-' });
  });

  it("makes an operation without a resource its own, with the route's attributes", () => {
    const { resource, entities } = question(search([['limit', '5']]));
    expect(resource).to.deep.equal({ type: 'Library::Endpoint', id: 'GET /search' });
    expect(entities.at(-1)?.attrs).to.deep.equal({ method: 'GET', path: '/search' });
  });

  it('carries typed context, and none that only the backend knows', () => {
    expect(question(search([['limit', '5']], [['X-Reason', 'audit']])).context).to.deep.equal({
      reason: 'audit',
      limit: 5,
      address: { __extn: { fn: 'ip', arg: '192.0.2.7' } },
      at: { __extn: { fn: 'datetime', arg: '2026-01-31T12:00:00.000Z' } },
    });
  });

  it('refuses context that is required and absent, or of another type', () => {
    expect(ask(search([]))).to.deep.equal({ ok: false, reason: 'INPUT_MISSING' });
    for (const limit of ['', 'many', '1.5', '1e3', ' 5', '05', '9007199254740993'])
      expect(ask(search([['limit', limit]])), limit).to.deep.equal({ ok: false, reason: 'INPUT_INVALID' });
  });
});
