import { expect } from 'chai';
import { once } from 'node:events';
import {
  AdminInitiateAuthCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { WebSocket } from 'ws';
import { resumeTenant, suspendTenant } from '../../cli/suspension.ts';
import { clientOf, poolOf, registryRows } from '../../local/seed/registry-rows.ts';
import { clientSettings } from '../../local/settings.ts';
import { startTestCloud, until, type TestCloud } from './cloud.ts';

const CONFIG = {
  gateways: '["rest","http","websocket"]',
  webSocketOperation: 'GET /accounts',
  // Long enough that nothing expires while a test runs: what is forgotten was made to be.
  gatewayTtlSeconds: '300',
};
const silent = (): void => undefined;

describe('taking access away', function () {
  this.timeout(60_000);
  let cloud: TestCloud;
  let dynamodb: DynamoDBClient;
  let cognito: CognitoIdentityProviderClient;
  before(async () => {
    cloud = await startTestCloud(CONFIG);
    dynamodb = new DynamoDBClient(clientSettings(cloud.cloud.endpointUrl));
    cognito = new CognitoIdentityProviderClient(clientSettings(cloud.cloud.endpointUrl));
  });
  after(async () => {
    dynamodb.destroy();
    cognito.destroy();
    await cloud.close();
  });

  const here = () => ({ endpoint: cloud.cloud.endpointUrl });
  const suspend = (slug: string) =>
    suspendTenant(cloud.project.root, slug, { ...here(), by: 'the test' }, silent);
  const resume = (slug: string) => resumeTenant(cloud.project.root, slug, here(), silent);

  /** As a backend answers, past any gateway: the token alone counts. */
  const statusAt = async (base: string | undefined, path: string, token: string): Promise<number> =>
    (await fetch(`${base}${path}`, { headers: { authorization: `Bearer ${token}` } })).status;
  const connect = async (token: string): Promise<WebSocket | number> => {
    const socket = new WebSocket(`${cloud.cloud.webSocketUrl}/`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return new Promise((resolve, reject) => {
      socket.once('open', () => resolve(socket));
      socket.once('error', reject);
      socket.once('unexpected-response', (_, response) => resolve(response.statusCode ?? 0));
    });
  };

  describe('from a tenant that is suspended', () => {
    const PATHS = ['/accounts', '/payees'];
    /** Statuses everywhere that a token of the tenant can be shown. */
    const everywhere = async (token: string): Promise<number[]> => {
      const { gatewayUrl, httpUrl, config } = cloud.cloud;
      const asked = [gatewayUrl, httpUrl, config['backendUrl']].flatMap((base) =>
        PATHS.map((path) => statusAt(base, path, token)),
      );
      return Promise.all(asked);
    };
    const REFUSED = Array.from({ length: 6 }, () => 403);
    const ANSWERED = Array.from({ length: 6 }, () => 200);

    it('refuses it at every gateway and in the service, whatever they remember, until it is resumed', async () => {
      const token = await cloud.token('globex/carol');
      const bystander = await cloud.token('acme/bob');
      expect(await everywhere(token)).to.deep.equal(ANSWERED);
      const socket = await connect(token);
      if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
      const closed = once(socket, 'close');

      const suspended = await suspend('globex');
      expect(suspended).to.include({ tenant: 'globex', state: 'suspended', by: 'the test', changed: true });
      expect(suspended.flushed).to.equal(2);
      expect(await everywhere(token)).to.deep.equal(REFUSED);
      expect(await connect(token)).to.equal(403);
      await closed;
      expect(await everywhere(bystander), 'another tenant').to.deep.equal(ANSWERED);

      expect(await resume('globex')).to.include({ state: 'active', changed: true });
      expect(await everywhere(token)).to.deep.equal(ANSWERED);
    });

    it('issues it no token, and renews none', async () => {
      const row = (await registryRows(dynamodb)).find(({ slug }) => slug === 'acme');
      if (!row) throw new Error('acme has no registry row');
      const signIn = (AuthFlow: 'ADMIN_USER_PASSWORD_AUTH' | 'REFRESH_TOKEN_AUTH', parameters: object) =>
        cognito.send(
          new AdminInitiateAuthCommand({
            UserPoolId: poolOf(row),
            ClientId: clientOf(row),
            AuthFlow,
            AuthParameters: { ...parameters },
          }),
        );
      const byPassword = () =>
        signIn('ADMIN_USER_PASSWORD_AUTH', { USERNAME: 'bob', PASSWORD: cloud.password });
      const { AuthenticationResult } = await byPassword();
      const byRefresh = () =>
        signIn('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: AuthenticationResult?.RefreshToken });
      await byRefresh();

      await suspend('acme');
      for (const attempt of [byPassword, byRefresh]) {
        const error = await attempt().catch((failure: unknown) => failure);
        expect(String(error)).to.contain('the tenant is suspended');
      }
      await resume('acme');
      expect((await byRefresh()).AuthenticationResult?.AccessToken).to.be.a('string');
    });

    it('leaves it suspended through deployments', async () => {
      const token = await cloud.token('globex/carol');
      await suspend('globex');
      await cloud.project.write('globex', `${await cloud.project.read('globex')}\n// changed\n`);
      await until(() => cloud.updates.length > 0);
      const { problems } = await cloud.cloud.update();
      expect(problems).to.deep.equal([]);
      expect(await everywhere(token)).to.deep.equal(REFUSED);
      expect(await suspend('globex'), 'the first suspension counts').to.include({ changed: false });
      await resume('globex');
      expect(await everywhere(token)).to.deep.equal(ANSWERED);
      expect(await resume('globex'), 'there is none any more').to.include({ changed: false });
    });

    it('tells a slug that is misspelt from one that is suspended', async () => {
      const error = await suspend('globx').catch((failure: unknown) => failure);
      expect(String(error)).to.contain("no tenant 'globx'").and.to.contain('acme, globex, retail');
    });
  });
});
