import {
  BatchIsAuthorizedWithTokenCommand,
  CreateIdentitySourceCommand,
  CreatePolicyCommand,
  CreatePolicyStoreCommand,
  DeleteIdentitySourceCommand,
  GetIdentitySourceCommand,
  IsAuthorizedWithTokenCommand,
  ListIdentitySourcesCommand,
  PutSchemaCommand,
  UpdateIdentitySourceCommand,
  VerifiedPermissionsClient,
} from '@aws-sdk/client-verifiedpermissions';
import { expect } from 'chai';
import { createEndpoint } from '../../../local/endpoint.ts';
import { Faults } from '../../../local/faults.ts';
import { createIam } from '../../../local/iam/authorize.ts';
import { close, listen } from '../../../local/loopback.ts';
import { verifiedPermissionsResources } from '../../../local/verified-permissions/resources.ts';
import { createVerifiedPermissions } from '../../../local/verified-permissions/server.ts';
import { accessClaims, CLIENT, issuerOf, POOL } from '../../authz/fixture.ts';
import { type KeyServer, sign, type SigningKey, signingKey, startKeyServer } from '../../authz/issuer.ts';
import { failure } from '../failure.ts';
import { ORDER, READ_ORDER, SCHEMA } from './shop.ts';

const ACCOUNT = '000000000000';
const userPoolArn = `arn:aws:cognito-idp:us-east-1:${ACCOUNT}:userpool/${POOL}`;
const configuration = {
  cognitoUserPoolConfiguration: {
    userPoolArn,
    clientIds: [CLIENT],
    groupConfiguration: { groupEntityType: 'Shop::Role' },
  },
};
const BY_GROUP = `permit(principal in Shop::Role::"${POOL}|viewer", action in Shop::Action::"all", resource);`;
const BY_ACCESS = 'permit(principal, action, resource) when { context.token.scope.contains("orders/read") && context.token.role == "CLERK" && context.token.sub == "alice" };'; // prettier-ignore
const BY_ID = 'permit(principal, action, resource) when { principal.role == "CLERK" };';

describe('decisions of Verified Permissions about tokens', () => {
  let keys: KeyServer;
  let key: SigningKey;
  let server: ReturnType<typeof createEndpoint>;
  let service: ReturnType<typeof createVerifiedPermissions>;
  let client: VerifiedPermissionsClient;
  let store: string;
  before(async () => {
    keys = await startKeyServer();
    key = await signingKey('k1');
    keys.keys.set(POOL, [key.jwk]);
    const iam = createIam({ account: ACCOUNT, securityRoleArn: `arn:aws:iam::${ACCOUNT}:role/security` });
    const keySetUrl = (pool: string): string => `${keys.origin}/${pool}/.well-known/jwks.json`;
    service = createVerifiedPermissions({ iam, account: ACCOUNT, keySetUrl });
    server = createEndpoint({ services: [service], routes: [], faults: new Faults() });
    client = new VerifiedPermissionsClient({
      region: 'us-east-1',
      endpoint: `http://127.0.0.1:${await listen(server, 0)}`,
      credentials: { accessKeyId: 'somebody', secretAccessKey: 'local' },
      maxAttempts: 1,
    });
  });
  after(async () => {
    client.destroy();
    await close(server);
    await keys.close();
  });
  beforeEach(async () => {
    store = await newStore();
    await connect();
  });

  async function newStore(): Promise<string> {
    const validationSettings = { mode: 'OFF' } as const;
    const { policyStoreId = '' } = await client.send(new CreatePolicyStoreCommand({ validationSettings }));
    const definition = { cedarJson: JSON.stringify(SCHEMA) };
    await client.send(new PutSchemaCommand({ policyStoreId, definition }));
    return policyStoreId;
  }
  const connect = async (): Promise<string> => {
    const input = { policyStoreId: store, principalEntityType: 'Shop::User', configuration };
    return (await client.send(new CreateIdentitySourceCommand(input))).identitySourceId ?? '';
  };
  const permit = (statement: string) =>
    client.send(new CreatePolicyCommand({ policyStoreId: store, definition: { static: { statement } } }));
  const tokenOf = (changes: Readonly<Record<string, unknown>> = {}, by = key): Promise<string> => {
    const own = { sub: 'alice', role: 'CLERK', scope: 'orders/read profile', 'cognito:groups': ['viewer'] };
    return sign(by, accessClaims({ ...own, ...changes }));
  };
  const idToken = () => tokenOf({ token_use: 'id', aud: CLIENT, client_id: undefined });
  const ask = (token: object, more: object = {}) =>
    client.send(
      new IsAuthorizedWithTokenCommand({
        policyStoreId: store,
        ...token,
        action: READ_ORDER,
        resource: ORDER,
        ...more,
      }),
    );

  it('make the principal and its groups of the token, by the id of its pool', async () => {
    await permit(BY_GROUP);
    const answer = await ask({ accessToken: await tokenOf() });
    expect(answer).to.deep.include({
      decision: 'ALLOW',
      principal: { entityType: 'Shop::User', entityId: `${POOL}|alice` },
    });
    expect(await ask({ accessToken: await tokenOf({ 'cognito:groups': [] }) })).to.include({
      decision: 'DENY',
    });
  });

  it('find claims of access tokens in the context, and those of ID tokens in the principal', async () => {
    await permit(BY_ACCESS);
    expect(await ask({ accessToken: await tokenOf() })).to.include({ decision: 'ALLOW' });
    expect(await ask({ accessToken: await tokenOf({ role: 'X' }) })).to.include({ decision: 'DENY' });
    expect((await ask({ identityToken: await idToken() })).errors).to.have.length(1);
    store = await newStore();
    await connect();
    await permit(BY_ID);
    expect(await ask({ identityToken: await idToken() })).to.include({ decision: 'ALLOW' });
    expect((await ask({ accessToken: await tokenOf() })).errors).to.have.length(1);
  });

  it('come in batches about one token', async () => {
    await permit(BY_GROUP);
    const one = { action: READ_ORDER, resource: ORDER };
    const other = { action: { ...READ_ORDER, actionId: 'POST /orders' }, resource: ORDER };
    const batch = async (requests: (typeof one)[]) =>
      client.send(
        new BatchIsAuthorizedWithTokenCommand({
          policyStoreId: store,
          accessToken: await tokenOf(),
          requests,
        }),
      );
    const { principal, results } = await batch([one, other]);
    expect(principal?.entityId).to.equal(`${POOL}|alice`);
    expect(results?.map(({ decision }) => decision)).to.deep.equal(['ALLOW', 'DENY']);
    const tooMany = await failure(batch(Array.from({ length: 31 }, () => one)));
    expect(tooMany.name).to.equal('ValidationException');
  });

  it('refuse every token that the pool did not issue for a known client, for now and for this use', async () => {
    await permit(BY_GROUP);
    const stranger = await signingKey('k1', 'somebody else');
    const seconds = Math.floor(Date.now() / 1000);
    const tokens: Readonly<Record<string, object>> = {
      'of another key': { accessToken: await tokenOf({}, stranger) },
      'of another issuer': { accessToken: await tokenOf({ iss: issuerOf('us-east-1_Other0001') }) },
      'of another client': { accessToken: await tokenOf({ client_id: 'other' }) },
      'of another use': { accessToken: await idToken() },
      'of another use as ID token': { identityToken: await tokenOf() },
      expired: { accessToken: await tokenOf({ exp: seconds - 10 }) },
      'without an end': { accessToken: await tokenOf({ exp: undefined }) },
      'that is none': { accessToken: 'a.b.c' },
      absent: {},
      'of both kinds': { accessToken: await tokenOf(), identityToken: await idToken() },
    };
    for (const [what, token] of Object.entries(tokens))
      expect((await failure(ask(token))).name, what).to.equal('ValidationException');
  });

  it('let nobody say more about the principal than the token does', async () => {
    const accessToken = await tokenOf();
    const entity = (entityType: string) => ({
      entities: { entityList: [{ identifier: { entityType, entityId: `${POOL}|alice` } }] },
    });
    for (const more of [
      entity('Shop::User'),
      entity('Shop::Role'),
      { context: { cedarJson: '{"token": {"role": "ADMIN"}}' } },
    ])
      expect((await failure(ask({ accessToken }, more))).name).to.equal('ValidationException');
  });

  it('fail when the keys of the pool cannot be read, and blame no token', async () => {
    keys.fail = 500;
    try {
      const other = await newStore();
      const arn = userPoolArn.replace(POOL, 'us-east-1_NoKeys001');
      await client.send(
        new CreateIdentitySourceCommand({
          policyStoreId: other,
          principalEntityType: 'Shop::User',
          configuration: { cognitoUserPoolConfiguration: { userPoolArn: arn } },
        }),
      );
      store = other;
      expect((await failure(ask({ accessToken: await tokenOf() }))).name).to.equal('InternalServerException');
    } finally {
      keys.fail = undefined;
    }
  });

  it('need an identity source, of which a store has one', async () => {
    expect((await failure(connect())).name).to.equal('ServiceQuotaExceededException');
    const { identitySources = [] } = await client.send(
      new ListIdentitySourcesCommand({ policyStoreId: store }),
    );
    const [{ identitySourceId = '' } = {}] = identitySources;
    const named = { policyStoreId: store, identitySourceId };
    const updateConfiguration = { cognitoUserPoolConfiguration: { userPoolArn, clientIds: ['other'] } };
    await client.send(new UpdateIdentitySourceCommand({ ...named, updateConfiguration }));
    const source = await client.send(new GetIdentitySourceCommand(named));
    expect(source.principalEntityType).to.equal('Shop::User');
    expect(source.configuration?.cognitoUserPoolConfiguration).to.deep.equal({
      userPoolArn,
      clientIds: ['other'],
      issuer: issuerOf(POOL),
      groupConfiguration: { groupEntityType: 'AWS::CognitoGroup' },
    });
    expect((await failure(ask({ accessToken: await tokenOf() }))).name).to.equal('ValidationException');
    await client.send(new DeleteIdentitySourceCommand(named));
    expect((await failure(client.send(new GetIdentitySourceCommand(named)))).name).to.equal(
      'ResourceNotFoundException',
    );
    expect((await failure(ask({ accessToken: await tokenOf() }))).name).to.equal('ValidationException');
  });

  it('have identity sources that the program makes, changes and deletes', async () => {
    const handlers = verifiedPermissionsResources({
      verifiedPermissions: service,
      deployer: { accessKeyId: 'deployer' },
    });
    const sources = handlers['aws:verifiedpermissions/identitySource:IdentitySource']!;
    const inputs = { policyStoreId: await newStore(), principalEntityType: 'Shop::User', configuration };
    const { id, state } = await sources.create(inputs, 'source');
    expect((await sources.read(id, inputs, state))?.inputs).to.deep.equal(inputs);
    const pool = { ...configuration.cognitoUserPoolConfiguration, clientIds: ['other'] };
    const changed = { ...inputs, configuration: { cognitoUserPoolConfiguration: pool } };
    const after = await sources.update(id, changed, state);
    expect((await sources.read(id, changed, after))?.inputs).to.deep.equal(changed);
    await sources.delete(id, after);
    expect(await sources.read(id, changed, after)).to.equal(undefined);
  });
});
