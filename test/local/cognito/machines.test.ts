import {
  CreateResourceServerCommand,
  CreateUserPoolDomainCommand,
  DeleteResourceServerCommand,
  DescribeResourceServerCommand,
  ListResourceServersCommand,
  UpdateResourceServerCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect } from 'chai';
import { decodeJwt } from 'jose';
import { isObject } from '../../../authz/item-shape.ts';
import type { InvokeTrigger } from '../../../local/cognito/tokens/pre-token-trigger.ts';
import { cognitoResources } from '../../../local/cognito/resources.ts';
import { failure } from '../failure.ts';
import { startCognito, type CognitoFixture } from './fixture.ts';

const HOOK = 'arn:aws:lambda:us-east-1:000000000000:function:hook';
const DOMAIN = 'machines';
const SCOPES = ['library/read', 'library/write'];

describe('an application that gets a token of its own', () => {
  let cloud: CognitoFixture;
  let poolId: string;
  let client: { readonly id: string; readonly secret: string };
  const triggers: object[] = [];
  let answer: Awaited<ReturnType<InvokeTrigger>>;

  before(async () => {
    cloud = await startCognito({
      async invoke(_, event) {
        triggers.push(event);
        return answer;
      },
    });
    poolId = await cloud.pool(withHook('V3_0'));
    await cloud.sdk.send(new CreateUserPoolDomainCommand({ UserPoolId: poolId, Domain: DOMAIN }));
    await cloud.sdk.send(new CreateResourceServerCommand(library(poolId)));
    client = await machine(poolId);
  });
  after(() => cloud.close());
  beforeEach(() => {
    triggers.length = 0;
    answer = { ok: true, result: { response: {} } };
  });

  const withHook = (LambdaVersion: 'V2_0' | 'V3_0') => ({
    LambdaConfig: { PreTokenGenerationConfig: { LambdaArn: HOOK, LambdaVersion } },
  });
  const library = (UserPoolId: string) => ({
    UserPoolId,
    Identifier: 'library',
    Name: 'library',
    Scopes: ['read', 'write'].map((ScopeName) => ({ ScopeName, ScopeDescription: ScopeName })),
  });
  const app = (pool: string, settings: Parameters<CognitoFixture['app']>[1] = {}) =>
    cloud.app(pool, {
      ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      GenerateSecret: true,
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthScopes: SCOPES,
      ...settings,
    });
  const machine = async (pool: string): Promise<typeof client> => {
    const { ClientId = '', ClientSecret = '' } = await app(pool);
    return { id: ClientId, secret: ClientSecret };
  };
  const ask = async (
    form: Readonly<Record<string, string>> = {},
    { domain = DOMAIN, as = client, headers = {} } = {},
  ): Promise<{ readonly status: number; readonly body: Readonly<Record<string, unknown>> }> => {
    const basic = Buffer.from(`${as.id}:${as.secret}`).toString('base64');
    const response = await fetch(`${cloud.endpoint}/${domain}/oauth2/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}`, ...headers },
      body: new URLSearchParams({ grant_type: 'client_credentials', ...form }),
    });
    const body: unknown = await response.json();
    return { status: response.status, body: isObject(body) ? body : {} };
  };
  const claims = async (...request: Parameters<typeof ask>) => {
    const { body } = await ask(...request);
    return decodeJwt(String(body['access_token']));
  };

  const refusal = async (call: Promise<unknown>): Promise<string> => (await failure(call)).name;

  it('gets an access token, and nothing else, with all of its scopes', async () => {
    const { status, body } = await ask();
    expect(status).to.equal(200);
    expect(body).to.have.all.keys('access_token', 'expires_in', 'token_type');
    const read = decodeJwt(String(body['access_token']));
    expect(read).to.include({
      iss: `https://cognito-idp.us-east-1.amazonaws.com/${poolId}`,
      sub: client.id,
      client_id: client.id,
      token_use: 'access',
      scope: SCOPES.join(' '),
      version: 2,
    });
    expect(read).not.to.have.any.keys('username', 'cognito:groups', 'origin_jti', 'aud');
  });

  it('gets the scopes that it names, as long as they are its own', async () => {
    expect(await claims({ scope: 'library/read' })).to.include({ scope: 'library/read' });
    for (const scope of ['library/admin', 'library/read openid', 'aws.cognito.signin.user.admin'])
      expect(await ask({ scope }), scope).to.deep.equal({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('gets what the trigger of the pool adds, which sees the application alone', async () => {
    const accessTokenGeneration = {
      claimsToAddOrOverride: { tier: 'gold', sub: 'somebody', client_id: 'another' },
      claimsToSuppress: ['scope'],
    };
    answer = {
      ok: true,
      result: { response: { claimsAndScopeOverrideDetails: { accessTokenGeneration } } },
    };
    expect(await claims({ scope: 'library/read', aws_client_metadata: '{"tier":"x"}' })).to.include({
      tier: 'gold',
      sub: client.id,
      client_id: client.id,
      scope: 'library/read',
    });
    expect(triggers).to.have.length(1);
    expect(triggers[0]).to.deep.include({
      version: '3',
      triggerSource: 'TokenGeneration_ClientCredentials',
      userPoolId: poolId,
      request: {
        userAttributes: {},
        groupConfiguration: { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null },
        scopes: ['library/read'],
        clientMetadata: { tier: 'x' },
      },
    });
  });

  it('gets none while the trigger refuses', async () => {
    answer = { ok: false, error: { message: 'the tenant is suspended' } };
    const { status, body } = await ask();
    expect(status).to.equal(400);
    expect(body['error_description']).to.contain('the tenant is suspended');
  });

  it('is not seen by a trigger of version 2', async () => {
    const older = await cloud.pool(withHook('V2_0'));
    await cloud.sdk.send(new CreateUserPoolDomainCommand({ UserPoolId: older, Domain: 'older' }));
    await cloud.sdk.send(new CreateResourceServerCommand(library(older)));
    expect((await ask({}, { domain: 'older', as: await machine(older) })).status).to.equal(200);
    expect(triggers).to.deep.equal([]);
  });

  it('proves its secret, to the pool that it belongs to', async () => {
    const other = await cloud.pool();
    await cloud.sdk.send(new CreateUserPoolDomainCommand({ UserPoolId: other, Domain: 'other' }));
    const invalid = { status: 400, body: { error: 'invalid_client' } };
    expect(await ask({}, { as: { ...client, secret: 'guess' } })).to.deep.equal(invalid);
    expect(await ask({}, { as: { ...client, secret: '' } })).to.deep.equal(invalid);
    expect(await ask({}, { domain: 'other' })).to.deep.equal(invalid);
    const broken = Buffer.from('%:%').toString('base64');
    expect(await ask({}, { headers: { authorization: `Basic ${broken}` } })).to.deep.equal(invalid);
  });

  it('needs a secret, scopes that exist and no other way to sign in', async () => {
    expect(await refusal(app(poolId, { GenerateSecret: false }))).to.equal('InvalidOAuthFlowException');
    expect(await refusal(app(poolId, { AllowedOAuthScopes: ['library/admin'] }))).to.equal(
      'ScopeDoesNotExistException',
    );
    expect(await refusal(app(poolId, { AllowedOAuthFlows: ['client_credentials', 'code'] }))).to.equal(
      'InvalidOAuthFlowException',
    );
  });

  it('gets none that was made for people', async () => {
    const { ClientId = '', ClientSecret = '' } = await app(poolId, {
      AllowedOAuthFlows: ['code'],
      CallbackURLs: ['https://app.example/'],
    });
    expect((await ask({}, { as: { id: ClientId, secret: ClientSecret } })).body).to.deep.equal({
      error: 'unauthorized_client',
    });
  });

  it('is told when what it sends for the trigger is no object', async () => {
    expect((await ask({ aws_client_metadata: 'x' })).body).to.include({ error: 'invalid_request' });
  });

  it('has scopes of resource servers, which can be listed, changed and taken away', async () => {
    const handlers = cognitoResources({ cognito: cloud.cognito, deployer: { accessKeyId: 'deployer' } });
    const handler = handlers['aws:cognito/resourceServer:ResourceServer']!;
    const inputs = {
      userPoolId: poolId,
      identifier: 'archive',
      name: 'archive',
      scopes: [{ scopeName: 'read', scopeDescription: 'Read' }],
    };
    const { id, state } = await handler.create(inputs, 'logical');
    expect(state).to.deep.include({ scopeIdentifiers: ['archive/read'] });
    const key = { UserPoolId: poolId, Identifier: 'archive' };
    const changed = { ...library(poolId), ...key, Scopes: [] };
    await cloud.sdk.send(new UpdateResourceServerCommand(changed));
    expect((await handler.read(id, inputs, state))?.inputs).to.deep.include({ scopes: [] });
    const { ResourceServers } = await cloud.sdk.send(
      new ListResourceServersCommand({ UserPoolId: poolId, MaxResults: 10 }),
    );
    expect(ResourceServers?.map(({ Identifier }) => Identifier)).to.deep.equal(['library', 'archive']);
    await cloud.sdk.send(new DeleteResourceServerCommand(key));
    expect(await refusal(cloud.sdk.send(new DescribeResourceServerCommand(key)))).to.equal(
      'ResourceNotFoundException',
    );
    expect(await handler.read(id, inputs, state)).to.equal(undefined);
    await handler.delete((await handler.create(inputs, 'logical')).id, state);
    expect(await handler.read(id, inputs, state)).to.equal(undefined);
  });
});
