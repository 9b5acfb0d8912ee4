import { expect } from 'chai';
import { DynamoDBClient, DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { registryKey } from '../../../authz/tables/registry.ts';
import { clientSettings, tableName } from '../../../local/settings.ts';
import { until, type TestCloud } from '../cloud.ts';
import { rememberingCloud } from './shared.ts';

const EDIT = 'PUT /customer/user/42';

describe('three gateways before one service', function () {
  this.timeout(60_000);
  let cloud: TestCloud;
  before(async () => {
    cloud = await rememberingCloud();
  });

  const ask = async (request: string, as?: string, body?: unknown) => {
    const [method = '', path = ''] = request.split(' ');
    const bearer = as?.includes('/') ? await cloud.token(as) : as;
    const response = await fetch(`${cloud.cloud.httpUrl}${path}`, {
      method,
      headers: { ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
  };
  const statusOf = async (...request: Parameters<typeof ask>): Promise<number> =>
    (await ask(...request)).status;

  describe('the HTTP API', () => {
    it('lets alice edit a user of her company, and denies bob in the platform’s words', async () => {
      expect(await statusOf(EDIT, 'acme/alice', {})).to.equal(200);
      expect(await ask(EDIT, 'acme/bob', {})).to.deep.equal({ status: 403, body: { message: 'Forbidden' } });
    });

    it('leaves the decision on the resource to the backend', async () => {
      const { status, body } = await ask('PUT /customer/user/77', 'acme/alice', {});
      expect(status).to.equal(403);
      expect(body).to.include({ reason: 'RESOURCE_NOT_VISIBLE' });
    });

    it('answers 401 without a token and 403 to one that proves nothing', async () => {
      expect(await statusOf(EDIT, undefined, {})).to.equal(401);
      expect(await statusOf(EDIT, 'aaa.bbb.ccc', {})).to.equal(403);
      expect(await statusOf(EDIT, await cloud.idToken('acme/alice'), {})).to.equal(403);
    });

    it('has no other way to a resource', async () => {
      for (const request of [
        'HEAD /customer/user/42',
        'OPTIONS /customer/user/42',
        'POST /customer/user/42',
        'PUT /customer/user/42/',
        'PUT //customer/user/42',
      ])
        expect(await statusOf(request, 'acme/alice'), request).to.equal(404);
      for (const id of ['42%2F..%2F77', '%2534%32', '*', '-', '42%3F', '42%00'])
        expect(await statusOf(`PUT /customer/user/${id}`, 'acme/alice', {}), id).to.equal(403);
    });

    describe('remembers a decision', () => {
      afterEach(() => cloud.cloud.faults.clear('VerifiedPermissions'));
      const withoutDecider = (...request: Parameters<typeof ask>): Promise<number> =>
        cloud.withoutDecider(() => statusOf(...request));

      it('for the same token and route', async () => {
        expect(await statusOf('GET /accounts', 'acme/bob')).to.equal(200);
        expect(await withoutDecider('GET /accounts', 'acme/bob')).to.equal(200);
      });

      for (const [what, request, who] of [
        ['another route', 'GET /payees', 'acme/bob'],
        ['another token', 'GET /accounts', 'acme/erin'],
      ] as const)
        it(`never for ${what}`, async () => {
          await statusOf('GET /accounts', 'acme/bob');
          expect(await withoutDecider(request, who)).to.equal(500);
        });

      it('never of a route with a parameter, where an allow for one id would answer for another', async () => {
        expect(await statusOf('GET /accounts/acc-acme-business', 'acme/bob')).to.equal(200);
        expect(await withoutDecider('GET /accounts/acc-acme-business', 'acme/bob')).to.equal(500);
      });

      it('never that could not be made because the decider was throttled', async () => {
        cloud.cloud.faults.set('VerifiedPermissions', { throttled: true });
        expect(await statusOf('GET /transfers', 'acme/erin')).to.equal(500);
        cloud.cloud.faults.clear('VerifiedPermissions');
        expect(await statusOf('GET /transfers', 'acme/erin')).to.equal(200);
      });
    });
  });

  describe('the WebSocket API', () => {
    const sockets: WebSocket[] = [];
    after(() => sockets.forEach((socket) => socket.terminate()));

    /** Opens a socket; the status with which it was refused, if it was. */
    const connect = async (
      token: string | undefined,
      { browser = false, query = '' } = {},
    ): Promise<WebSocket | number | undefined> => {
      const url = `${cloud.cloud.webSocketUrl}/${query}`;
      const socket =
        browser && token !== undefined
          ? new WebSocket(url, ['cedarwright.bearer', token])
          : new WebSocket(url, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
      sockets.push(socket);
      return new Promise((resolve, reject) => {
        socket.once('open', () => resolve(socket));
        socket.once('error', reject);
        socket.once('unexpected-response', (_, response) => resolve(response.statusCode));
      });
    };
    const opened = async (who: string, browser = false): Promise<WebSocket> => {
      const socket = await connect(await cloud.token(who), { browser });
      if (!(socket instanceof WebSocket)) throw new Error(`refused with ${socket}`);
      return socket;
    };
    const say = async (socket: WebSocket, message: object): Promise<Record<string, unknown>> => {
      const reply = once(socket, 'message');
      socket.send(JSON.stringify(message));
      const [data]: Buffer[] = await reply;
      const read: Record<string, unknown> = JSON.parse(String(data));
      return read;
    };

    it('is opened with a token of either header, and with no other', async () => {
      await opened('acme/alice');
      expect((await opened('acme/alice', true)).protocol).to.equal('cedarwright.bearer');
      const token = await cloud.token('acme/alice');
      expect(await connect(undefined)).to.equal(401);
      expect(await connect(undefined, { query: `?token=${token}&Authorization=${token}` })).to.equal(401);
      expect(await connect(await cloud.idToken('acme/alice'))).to.equal(401);
      expect(await connect('aaa.bbb.ccc')).to.equal(401);
    });

    it('is not opened when the decider is away, and nothing of that is remembered', async () => {
      cloud.cloud.faults.set('VerifiedPermissions', { down: true });
      expect(await connect(await cloud.token('acme/bob'))).to.equal(500);
      cloud.cloud.faults.clear('VerifiedPermissions');
      await opened('acme/bob');
    });

    it('has each message decided on as the operation that it is', async () => {
      const [alice, bob] = [await opened('acme/alice'), await opened('acme/bob')];
      expect(await say(alice, { id: '1', request: EDIT, body: {} })).to.deep.include({
        id: '1',
        status: 200,
      });
      expect(await say(bob, { id: '2', request: EDIT, body: {} })).to.deep.include({ id: '2', status: 403 });
      expect(await say(alice, { request: 'PUT /customer/user/77', body: {} })).to.deep.include({
        status: 403,
      });
      const frozen = { accountId: 'acc-acme-frozen', payeeId: 'pay-acme-1', amount: 1, currency: 'EUR' };
      expect(await say(alice, { request: 'POST /transfers', body: frozen })).to.deep.include({ status: 403 });
    });

    it('is closed, and not opened again, when the tenant is suspended', async () => {
      const socket = await opened('globex/carol');
      const client = new DynamoDBClient(clientSettings(cloud.cloud.endpointUrl));
      const key = registryKey.suspension('globex');
      const TableName = tableName('registry');
      const closed = once(socket, 'close');
      await client.send(
        new PutItemCommand({ TableName, Item: marshall({ ...key, since: 'now', by: 'operator' }) }),
      );
      await closed;
      // A registry row may be reused for a second.
      const token = await cloud.token('globex/carol');
      await until(async () => (await connect(token)) === 403);
      await client.send(new DeleteItemCommand({ TableName, Key: marshall(key) }));
      await until(async () => (await connect(token)) instanceof WebSocket);
      client.destroy();
    });
  });
});
