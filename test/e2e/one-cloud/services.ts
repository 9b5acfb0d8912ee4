import { expect } from 'chai';
import { decodeJwt } from 'jose';
import { once } from 'node:events';
import {
  AdminInitiateAuthCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { WebSocket } from 'ws';
import { resumeTenant, suspendTenant } from '../../../cli/suspension.ts';
import { clientOf, poolOf, registryRows } from '../../../local/seed/registry-rows.ts';
import { serviceCredentials, serviceToken } from '../../../local/seed/service-token.ts';
import { signIn } from '../../../local/seed/sign-in.ts';
import { clientSettings } from '../../../local/settings.ts';
import { until, type TestCloud } from '../cloud.ts';
import { rememberingCloud } from './shared.ts';

/** A service that is written while the cloud runs, of a tier so slow that a test can use it up. */
const slow = (slug: string): string => `import { serviceClient } from '../dsl/index.ts';

export default serviceClient({
  slug: '${slug}',
  tier: 'slow',
  client: { attributes: { allowedOperations: [] } },
  dataTenants: ['globex'],
  policies: ({ permit, op }) => [permit().action(op.listAccounts).id('lists')],
});
`;
const SLOW = ['slow', 'slow-too'];
const BURST = 4;
const silent = (): void => undefined;

describe('services, and taking access away', function () {
  this.timeout(60_000);
  let cloud: TestCloud;
  let dynamodb: DynamoDBClient;
  let cognito: CognitoIdentityProviderClient;
  before(async () => {
    cloud = await rememberingCloud();
    dynamodb = new DynamoDBClient(clientSettings(cloud.cloud.endpointUrl));
    cognito = new CognitoIdentityProviderClient(clientSettings(cloud.cloud.endpointUrl));
  });
  after(async () => {
    dynamodb.destroy();
    cognito.destroy();
  });

  const here = () => ({ endpoint: cloud.cloud.endpointUrl });
  const suspend = (slug: string) =>
    suspendTenant(cloud.project.root, slug, { ...here(), by: 'the test' }, silent);
  const resume = (slug: string) => resumeTenant(cloud.project.root, slug, here(), silent);

  /**
   * Changes files, and waits for the update that enforces it. Where writing two took long, one update sees the first of
   * them and the next both: `holds` tells.
   */
  const enforced = async (change: () => Promise<unknown>, holds = async () => true): Promise<void> => {
    let seen = cloud.updates.length;
    await change();
    do {
      await until(() => cloud.updates.length > seen);
      seen = cloud.updates.length;
    } while (!(await holds()));
    expect(cloud.updates.at(-1)?.problems).to.deep.equal([]);
  };
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

  const SLUG = 'ledger';
  const credentials = async (slug: string) => {
    const row = (await registryRows(dynamodb)).find((one) => one.slug === slug);
    if (!row) throw new Error(`${slug} has no registry row`);
    return serviceCredentials(cloud.cloud.endpointUrl, cognito, row);
  };
  const tokenFor = async (scope?: string, slug = SLUG): Promise<string> =>
    serviceToken(await credentials(slug), scope);
  const refusal = async (slug = SLUG): Promise<string> =>
    tokenFor(undefined, slug).then(
      () => 'ISSUED',
      (error: unknown) => String(error),
    );

  describe('a service', () => {
    it('has a token that says what it is, by the word of the platform alone', async () => {
      const claims = decodeJwt(await cloud.token(SLUG));
      expect(claims).to.deep.include({
        tenant_id: SLUG,
        service_id: SLUG,
        tier: 'partner',
        rate_limit: 500,
        allowed_operations: ['listAccounts', 'getAccount', 'listStatements', 'createQuote'],
        scopes: ['read', 'payments'],
        service_groups: ['INTEGRATION'],
        suspended: false,
        scope: 'payments/call payments/read payments/payments',
      });
      expect(claims.sub).to.equal(claims['client_id']);
      const { tokenUrl, clientId, clientSecret } = await credentials(SLUG);
      const response = await fetch(tokenUrl, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: clientId,
          client_secret: clientSecret,
          aws_client_metadata: JSON.stringify({ tier: 'gold', tenant_id: 'globex', scopes: ['write'] }),
        }),
      });
      const { access_token: token }: { access_token: string } = JSON.parse(await response.text());
      expect(decodeJwt(token)).to.deep.include({
        tenant_id: SLUG,
        tier: 'partner',
        scopes: ['read', 'payments'],
      });
    });

    it('does what its policies permit at every gateway, with the rows of its data tenant alone', async () => {
      const token = await cloud.token(SLUG);
      for (const base of [cloud.cloud.gatewayUrl, cloud.cloud.httpUrl]) {
        expect(await statusAt(base, '/accounts/acc-acme-business', token)).to.equal(200);
        expect(await statusAt(base, '/accounts/acc-globex-business', token), 'of another').to.equal(403);
        expect(await statusAt(base, '/payees', token), 'not permitted').to.equal(403);
      }
      const { body } = await cloud.ask('GET /accounts', SLUG);
      const text = JSON.stringify(body);
      expect(text).to.contain('acc-acme-business').and.not.to.contain('globex');
      const socket = await connect(token);
      expect(socket).to.be.instanceOf(WebSocket);
      if (socket instanceof WebSocket) socket.terminate();
    });

    it('is judged by its contract, its tier and its rate', async () => {
      const quote = { customerId: 'cus-acme', sourceCurrency: 'EUR', targetCurrency: 'JPY', amount: 100 };
      expect((await cloud.ask('POST /quotes', SLUG, quote)).status).to.equal(201);
      const file = await cloud.project.read(SLUG);
      await enforced(() => cloud.project.write(SLUG, file.replace(", 'createQuote'", '')));
      const changed = { token: await tokenFor() };
      expect((await cloud.ask('POST /quotes', changed, quote)).status, 'not in its contract').to.equal(403);
      expect((await cloud.ask('GET /accounts', changed)).status).to.equal(200);
      await enforced(() => cloud.project.write(SLUG, file));
    });

    it('may do with a token what that was asked for, and no more', async () => {
      const quote = { customerId: 'cus-acme', sourceCurrency: 'EUR', targetCurrency: 'JPY', amount: 100 };
      const [reading, paying] = [await tokenFor('payments/read'), await tokenFor('payments/payments')];
      expect((await cloud.ask('GET /accounts', { token: reading })).status).to.equal(200);
      expect((await cloud.ask('POST /quotes', { token: reading }, quote)).status).to.equal(403);
      expect((await cloud.ask('GET /accounts', { token: paying })).status).to.equal(403);
      expect((await cloud.ask('POST /quotes', { token: paying }, quote)).status).to.equal(201);
      const wider = await tokenFor('payments/write').catch((error: unknown) => String(error));
      expect(wider).to.contain('invalid_grant');
    });

    it('may not do what takes a person', async () => {
      const reason = { reason: 'fraud' };
      expect((await cloud.ask('POST /accounts/acc-acme-business/freeze', SLUG, reason)).status).to.equal(403);
    });

    it('is signed in to by nobody', async () => {
      const error = await signIn({ ...here(), password: cloud.password }, SLUG, 'alice').catch(
        (failure: unknown) => failure,
      );
      expect(String(error)).to.contain("'ledger' is a service, which has no users");
    });

    it('comes with a file, is throttled by its tier alone, and goes with its file', async () => {
      const there = async (): Promise<number> =>
        (await registryRows(dynamodb)).filter(({ slug }) => SLOW.includes(slug)).length;
      await enforced(
        () => Promise.all(SLOW.map((slug) => cloud.project.write(slug, slow(slug)))),
        async () => (await there()) === SLOW.length,
      );
      const token = await tokenFor(undefined, 'slow');
      const answers = await Promise.all(
        Array.from({ length: 8 * BURST }, () => cloud.ask('GET /accounts', { token })),
      );
      expect(new Set(answers.map(({ status }) => status))).to.deep.equal(new Set([200, 429]));
      const throttled = answers.find(({ status }) => status === 429);
      expect(throttled?.body).to.deep.equal({ message: 'Too Many Requests' });
      expect((await cloud.ask('GET /accounts', SLUG)).status, 'of another tier').to.equal(200);
      const another = { token: await tokenFor(undefined, 'slow-too') };
      expect((await cloud.ask('GET /accounts', another)).status, 'another of its tier').to.equal(200);
      await until(async () => (await cloud.ask('GET /accounts', { token })).status === 200);

      const before = await Promise.all(SLOW.map(credentials));
      await enforced(
        () => Promise.all(SLOW.map((slug) => cloud.project.remove(slug))),
        async () => (await there()) === 0,
      );
      for (const one of before) {
        const gone = await serviceToken(one).catch((error: unknown) => error);
        expect(String(gone)).to.contain('invalid_client');
      }
      // A registry row may be reused for a second.
      await until(async () => (await statusAt(cloud.cloud.config['backendUrl'], '/accounts', token)) === 403);
    });
  });

  describe('from a tenant and a service that are suspended', () => {
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

    /** The tenant's user, by password or with what a sign-in left. */
    const signInBy = async (AuthFlow: 'ADMIN_USER_PASSWORD_AUTH' | 'REFRESH_TOKEN_AUTH', given: object) => {
      const row = (await registryRows(dynamodb)).find(({ slug }) => slug === 'globex');
      if (!row) throw new Error('globex has no registry row');
      const { AuthenticationResult } = await cognito.send(
        new AdminInitiateAuthCommand({
          UserPoolId: poolOf(row),
          ClientId: clientOf(row),
          AuthFlow,
          AuthParameters: { ...given },
        }),
      );
      return AuthenticationResult;
    };
    const byPassword = () =>
      signInBy('ADMIN_USER_PASSWORD_AUTH', { USERNAME: 'carol', PASSWORD: cloud.password });
    const byRefresh = () => signInBy('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: refreshToken });

    let token: string;
    let ofService: string;
    let refreshToken: string | undefined;
    before(async () => {
      token = await cloud.token('globex/carol');
      ofService = await tokenFor();
      refreshToken = (await byPassword())?.RefreshToken;
    });

    it('refuses the tenant at every gateway and in the backend, whatever they remember', async () => {
      const bystander = await cloud.token('acme/bob');
      expect(await everywhere(token)).to.deep.equal(ANSWERED);
      expect((await byRefresh())?.AccessToken).to.be.a('string');
      const socket = await connect(token);
      if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
      const closed = once(socket, 'close');

      // At once: each takes until no row that was read before counts any more.
      const [suspended] = await Promise.all([suspend('globex'), suspend(SLUG)]);
      expect(suspended).to.include({ tenant: 'globex', state: 'suspended', by: 'the test', changed: true });
      expect(suspended.flushed).to.equal(2);
      expect(await everywhere(token)).to.deep.equal(REFUSED);
      expect(await connect(token)).to.equal(403);
      await closed;
      expect(await everywhere(bystander), 'another tenant').to.deep.equal(ANSWERED);
    });

    it('refuses the service, and issues it no token', async () => {
      expect(await refusal()).to.contain('the tenant is suspended');
      expect(await statusAt(cloud.cloud.gatewayUrl, '/accounts', ofService)).to.equal(403);
      expect(await statusAt(cloud.cloud.httpUrl, '/accounts', ofService)).to.equal(403);
    });

    it('issues the tenant no token, and renews none', async () => {
      for (const attempt of [byPassword, byRefresh]) {
        const error = await attempt().catch((failure: unknown) => failure);
        expect(String(error)).to.contain('the tenant is suspended');
      }
    });

    it('leaves them suspended through deployments', async () => {
      const file = await cloud.project.read('globex');
      await enforced(() => cloud.project.write('globex', `${file}\n// changed\n`));
      const [{ problems }, again] = await Promise.all([cloud.cloud.update(), suspend('globex')]);
      expect(problems).to.deep.equal([]);
      expect(await everywhere(token)).to.deep.equal(REFUSED);
      expect(await refusal()).to.contain('the tenant is suspended');
      expect(again, 'the first suspension counts').to.include({ changed: false });
    });

    it('answers them again once they are resumed', async () => {
      const resumed = await Promise.all([resume('globex'), resume(SLUG)]);
      for (const one of resumed) expect(one).to.include({ state: 'active', changed: true });
      expect(await everywhere(token)).to.deep.equal(ANSWERED);
      expect(await refusal()).to.equal('ISSUED');
      expect(await statusAt(cloud.cloud.gatewayUrl, '/accounts', ofService)).to.equal(200);
      expect((await byRefresh())?.AccessToken).to.be.a('string');
      expect(await resume('globex'), 'there is nothing to resume any more').to.include({ changed: false });
    });

    it('tells a slug that is misspelt from one that is suspended', async () => {
      const error = await suspend('globx').catch((failure: unknown) => failure);
      expect(String(error))
        .to.contain("no tenant 'globx'")
        .and.match(/: acme, .*globex, hooli, ledger, retail, staff$/);
    });
  });
});
