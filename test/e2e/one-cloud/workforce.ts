import { DeleteItemCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { expect } from 'chai';
import { decodeJwt } from 'jose';
import { subjectKey } from '../../../authz/tables/subjects.ts';
import { subOf } from '../../../local/oidc/directory.ts';
import { clientSettings, tableName } from '../../../local/settings.ts';
import type { TestCloud } from '../cloud.ts';
import { sharedCloud } from './shared.ts';

const CUSTOMER = '/customers/cus-acme';

describe('ways in for people', function () {
  this.timeout(60_000);
  let cloud: TestCloud;
  before(async () => {
    cloud = await sharedCloud();
  });

  const statusOf = async (...request: Parameters<TestCloud['ask']>): Promise<number> =>
    (await cloud.ask(...request)).status;

  describe('employees behind a federated user pool', () => {
    it('get no token before they are registered, though the identity provider knows them', async () => {
      const dynamodb = new DynamoDBClient(clientSettings(cloud.cloud.endpointUrl));
      const [TableName, key] = [tableName('subjects'), subjectKey.user('staff', subOf('staff', 'pia'))];
      await dynamodb.send(new DeleteItemCommand({ TableName, Key: marshall(key) }));
      const refused = await cloud.token('staff/pia').catch((error: unknown) => error);
      expect(String(refused)).to.include('not registered');
      await dynamodb.send(new PutItemCommand({ TableName, Item: marshall({ ...key, attributes: {} }) }));
      dynamodb.destroy();
      expect(decodeJwt(await cloud.token('staff/pia'))).to.include({ department: 'NONE', level: 0 });
    });

    it('have access tokens that say what the subjects table says of them', async () => {
      const claims = decodeJwt(await cloud.token('staff/omar'));
      expect(claims).to.deep.include({
        token_use: 'access',
        tenant_id: 'staff',
        suspended: false,
        department: 'FINANCE',
        level: 3,
        regions: ['DE'],
        'cognito:groups': ['SUPPORT', 'DATA_STEWARD'],
        scope: 'openid email profile',
      });
    });

    it('look, and change nothing', async () => {
      expect(await statusOf(`GET ${CUSTOMER}`, 'staff/nora')).to.equal(200);
      expect(await statusOf(`PATCH ${CUSTOMER}`, 'staff/nora', { name: 'Acme SE' })).to.equal(403);
      expect(await statusOf(`GET ${CUSTOMER}`, 'staff/pia')).to.equal(403);
    });

    it('change one property and no other, in their regions', async () => {
      const patch = (body: object, customer = CUSTOMER): Promise<number> =>
        statusOf(`PATCH ${customer}`, 'staff/omar', body);
      expect(await patch({ name: 'Acme Tools SE' })).to.equal(200);
      expect(await patch({ country: 'FR' })).to.equal(403);
      expect(await patch({ name: 'Acme Tools SE', country: 'FR' })).to.equal(403);
      expect(await patch({ name: 'Globex SE' }, '/customers/cus-globex'), 'of another region').to.equal(403);
    });

    it('see no balances but in finance, whatever else lets them read', async () => {
      const account = 'GET /accounts/acc-acme-business';
      expect(await statusOf(account, 'staff/nora')).to.equal(403);
      expect(await statusOf(account, 'staff/omar')).to.equal(200);
      expect(await statusOf('GET /statements/sta-acme-2026-01', 'staff/nora')).to.equal(403);
      expect(await statusOf('GET /statements/sta-acme-2026-01', 'staff/omar')).to.equal(200);
    });

    it('reach the rows of the tenants that their file names, and of no other', async () => {
      expect(await statusOf('GET /customers/cus-globex', 'staff/nora')).to.equal(200);
      for (const other of ['cus-retail', 'cus-hooli', 'cus-none']) {
        const { status, body } = await cloud.ask(`GET /customers/${other}`, 'staff/nora');
        expect(status, other).to.equal(403);
        expect(body, other).to.include({ reason: 'RESOURCE_NOT_VISIBLE' });
      }
    });

    it('list the rows of those tenants together, and of no other', async () => {
      const { status, body } = await cloud.ask('GET /customers', 'staff/nora');
      expect(status).to.equal(200);
      expect(body).to.have.nested.property('items.length', 2);
      for (const id of ['cus-acme', 'cus-globex']) expect(JSON.stringify(body)).to.include(`"id":"${id}"`);
    });

    it('are nobody by their ID token', async () => {
      expect(await statusOf(`GET ${CUSTOMER}`, { token: await cloud.idToken('staff/nora') })).to.equal(401);
    });
  });

  describe('people of a tenant with an issuer of its own', () => {
    it('bring the issuer’s tokens, which the platform neither issues nor changes', async () => {
      expect(decodeJwt(await cloud.token('hooli/gavin'))).to.deep.include({
        iss: 'https://login.hooli.example/oauth2/default',
        aud: 'https://api.payments.example.com',
        client_id: 'payments-web',
        job: 'CONTROLLER',
        teams: ['TREASURY'],
      });
    });

    it('may do what the tenant’s policies say of listed claims and own groups', async () => {
      expect(await statusOf('GET /customers/cus-hooli', 'hooli/gavin')).to.equal(200);
      expect(await statusOf('GET /customers/cus-hooli', 'hooli/richard')).to.equal(403);
      const quote = { customerId: 'cus-hooli', sourceCurrency: 'USD', targetCurrency: 'EUR', amount: 100 };
      expect(await statusOf('POST /quotes', 'hooli/gavin', quote)).to.equal(201);
      expect(await statusOf('POST /quotes', 'hooli/richard', quote)).to.equal(403);
    });

    it('reach their own rows alone', async () => {
      expect((await cloud.ask('GET /accounts', 'hooli/richard')).body).to.have.nested.property(
        'items.length',
        1,
      );
      expect(await statusOf(`GET ${CUSTOMER}`, 'hooli/gavin')).to.equal(403);
    });
  });

  describe('customers of an application whose roles are in Postgres', () => {
    it('get no token while their roles cannot be read, and one as soon as they can', async () => {
      // No sign-in has opened a connection yet.
      cloud.cloud.faults.set('secretsmanager', { down: true });
      const refused = await cloud.token('retail/rita').catch((error: unknown) => error);
      cloud.cloud.faults.clear('secretsmanager');
      expect(String(refused)).to.include('the sign-in could not be completed');
      expect(decodeJwt(await cloud.token('retail/rita'))).to.include({ tenant_id: 'retail', role: 'OWNER' });
      expect(decodeJwt(await cloud.token('retail/ron'))).to.include({ role: 'NONE' });
    });

    it('are told by a screen what the call itself will be answered, by the same policies', async () => {
      const account = { type: 'Account', id: 'acc-retail' };
      const questions = [
        { action: 'ViewTransferButton', resource: account },
        { action: 'POST /transfers', resource: account },
        { action: 'GET /customers/{id}', resource: { type: 'Customer', id: 'cus-retail' } },
        { action: 'GET /customers/{id}', resource: { type: 'Customer', id: 'cus-acme' } },
      ];
      const transfer = { accountId: 'acc-retail', payeeId: 'pay-retail-1', amount: 100, currency: 'EUR' };
      for (const [who, answers, status] of [
        ['retail/rita', [true, true, true, false], 201],
        ['retail/ron', [false, false, false, false], 403],
      ] as const) {
        expect((await cloud.ask('POST /permissions', who, { questions })).body, who).to.deep.equal({
          answers,
        });
        expect(await statusOf('POST /transfers', who, transfer), who).to.equal(status);
        expect(await statusOf('GET /customers/cus-retail', who), who).to.equal(answers[2] ? 200 : 403);
      }
    });
  });

  describe('all of them', () => {
    it('are each of one tenant: no token of one counts as another’s', async () => {
      const subjects = await Promise.all(
        ['staff/nora', 'hooli/gavin', 'acme/alice', 'retail/rita'].map(
          async (who) => decodeJwt(await cloud.token(who)).iss,
        ),
      );
      expect(new Set(subjects).size).to.equal(4);
    });
  });
});
