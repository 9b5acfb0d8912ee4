import {
  AdminDisableUserCommand,
  AdminGetUserCommand,
  CreateIdentityProviderCommand,
  CreateUserPoolDomainCommand,
  DeleteUserPoolCommand,
  DescribeUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { decodeJwt } from 'jose';
import {
  browse,
  LoginRefused,
  signInByCode,
  SignInFailed,
  type CodeFlow,
} from '../../../local/seed/code-flow.ts';
import { subOf } from '../../../local/oidc/directory.ts';
import { failure } from '../failure.ts';
import { PASSWORD, startCognito, type CognitoFixture } from './fixture.ts';

const ISSUER = 'https://login.corp.example/oauth2/default';
const CALLBACK = 'https://app.example/callback';
const DOMAIN = 'staff-pages';
const NORA = { name: 'nora', password: PASSWORD };
const VERIFIER = 'v'.repeat(43);
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

describe('a user pool that is federated to an OpenID Connect provider', () => {
  let cloud: CognitoFixture;
  let poolId: string;
  let flow: CodeFlow;
  const triggers: object[] = [];
  let refuse: string | undefined;

  before(async () => {
    cloud = await startCognito({
      async invoke(_, event) {
        triggers.push(event);
        return refuse === undefined
          ? { ok: true, result: { response: {} } }
          : { ok: false, error: { message: refuse } };
      },
    });
    await cloud.issuers.put(ISSUER, 'staff', {
      clientIds: ['pool-at-corp'],
      people: { nora: { department: 'Finance' }, olaf: {} },
    });
    poolId = await cloud.pool({
      LambdaConfig: {
        PreTokenGenerationConfig: {
          LambdaArn: 'arn:aws:lambda:us-east-1:000000000000:function:h',
          LambdaVersion: 'V2_0',
        },
      },
    });
    await cloud.sdk.send(new CreateUserPoolDomainCommand({ UserPoolId: poolId, Domain: DOMAIN }));
    await cloud.sdk.send(new CreateIdentityProviderCommand(provider()));
    const { ClientId = '' } = await app();
    flow = {
      authorizeUrl: page('authorize'),
      tokenUrl: page('token'),
      clientId: ClientId,
      redirectUri: CALLBACK,
      scope: 'openid email',
    };
  });
  after(() => cloud.close());
  afterEach(() => {
    refuse = undefined;
  });

  const page = (name: string): string => `${cloud.endpoint}/${DOMAIN}/oauth2/${name}`;
  const provider = (details: Readonly<Record<string, string>> = {}) => ({
    UserPoolId: poolId,
    ProviderName: 'Corp',
    ProviderType: 'OIDC' as const,
    ProviderDetails: {
      client_id: 'pool-at-corp',
      client_secret: 'hush',
      oidc_issuer: ISSUER,
      authorize_scopes: 'openid email profile',
      attributes_request_method: 'GET',
      ...details,
    },
    AttributeMapping: { email: 'email' },
  });
  const app = (settings: Parameters<CognitoFixture['app']>[1] = {}) =>
    cloud.app(poolId, {
      ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'email'],
      CallbackURLs: [CALLBACK],
      SupportedIdentityProviders: ['Corp'],
      ReadAttributes: ['email'],
      WriteAttributes: ['email'],
      ...settings,
    });
  const authorizeUrl = (parameters: Readonly<Record<string, string>> = {}): URL => {
    const url = new URL(flow.authorizeUrl);
    const all = { response_type: 'code', client_id: flow.clientId, redirect_uri: CALLBACK, ...parameters };
    for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value);
    return url;
  };
  const codeOf = async (parameters: Readonly<Record<string, string>> = {}): Promise<string> =>
    (await browse(authorizeUrl(parameters), CALLBACK, NORA)).get('code') ?? '';
  const exchange = async (
    form: Readonly<Record<string, string>>,
  ): Promise<{ status: number; body: unknown }> => {
    const given = {
      grant_type: 'authorization_code',
      client_id: flow.clientId,
      redirect_uri: CALLBACK,
      ...form,
    };
    const response = await fetch(flow.tokenUrl, { method: 'POST', body: new URLSearchParams(given) });
    return { status: response.status, body: await response.json() };
  };
  const INVALID_GRANT = { status: 400, body: { error: 'invalid_grant' } };

  it('signs in by code and PKCE, from the application to the provider and back', async () => {
    triggers.length = 0;
    const tokens = await signInByCode(flow, NORA);
    const access = decodeJwt(tokens.access_token);
    expect(access).to.include({
      iss: `https://cognito-idp.us-east-1.amazonaws.com/${poolId}`,
      token_use: 'access',
      client_id: flow.clientId,
      scope: 'openid email',
      version: 2,
    });
    expect(access).not.to.have.any.keys('department', 'email');
    expect(access['cognito:groups']).to.deep.equal([`${poolId}_Corp`]);
    expect(decodeJwt(tokens.id_token ?? '')).to.deep.include({
      aud: flow.clientId,
      email: 'nora@staff.example',
      'cognito:username': `Corp_${subOf('staff', 'nora')}`,
    });
    expect(triggers).to.have.length(1);
    expect(triggers[0]).to.include({
      triggerSource: 'TokenGeneration_HostedAuth',
      userName: `Corp_${subOf('staff', 'nora')}`,
    });
    expect(triggers[0])
      .to.have.nested.property('request.userAttributes.identities')
      .that.includes('"providerName":"Corp"');
    const { UserStatus } = await cloud.sdk.send(
      new AdminGetUserCommand({ UserPoolId: poolId, Username: `Corp_${subOf('staff', 'nora')}` }),
    );
    expect(UserStatus).to.equal('EXTERNAL_PROVIDER');
  });

  it('knows the same person again', async () => {
    const subs = [await signInByCode(flow, NORA), await signInByCode(flow, NORA)];
    const [first, second] = subs.map((tokens) => decodeJwt(tokens.access_token).sub);
    expect(first).to.equal(second);
  });

  it('continues a sign-in by its refresh token, at the pages as by the API', async () => {
    const { refresh_token: token = '' } = await signInByCode(flow, NORA);
    const { status, body } = await exchange({ grant_type: 'refresh_token', refresh_token: token });
    expect(status).to.equal(200);
    expect(body).to.include.keys('access_token', 'id_token');
    expect((await cloud.refresh(flow.clientId, token)).AccessToken).to.be.a('string');
    expect((await exchange({ grant_type: 'refresh_token', refresh_token: `${token}x` })).status).to.equal(
      400,
    );
  });

  it('gives no ID token without the scope openid', async () => {
    const tokens = await signInByCode({ ...flow, scope: 'email' }, NORA);
    expect(tokens).not.to.have.property('id_token');
  });

  it('lets nobody in whom the provider does not', async () => {
    for (const person of [
      { name: 'nobody', password: PASSWORD },
      { ...NORA, password: 'guess' },
    ])
      expect(await signInByCode(flow, person).catch((error: unknown) => error)).to.be.instanceOf(
        LoginRefused,
      );
  });

  it('issues nothing when the trigger refuses, and says why', async () => {
    refuse = 'the user is not registered with the tenant';
    const refused = await signInByCode(flow, NORA).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(SignInFailed);
    expect(String(refused)).to.include(refuse);
  });

  it('takes a code once', async () => {
    const code = await codeOf();
    expect((await exchange({ code })).status).to.equal(200);
    expect(await exchange({ code })).to.deep.equal(INVALID_GRANT);
  });

  it('takes a code only with the verifier that its challenge was made of', async () => {
    const pkce = { code_challenge: CHALLENGE, code_challenge_method: 'S256' };
    for (const form of [{}, { code_verifier: 'w'.repeat(43) }, { code_verifier: CHALLENGE }])
      expect(await exchange({ code: await codeOf(pkce), ...form })).to.deep.equal(INVALID_GRANT);
    expect((await exchange({ code: await codeOf(pkce), code_verifier: VERIFIER })).status).to.equal(200);
    expect(await exchange({ code: await codeOf(), code_verifier: VERIFIER }), 'stripped').to.deep.equal(
      INVALID_GRANT,
    );
  });

  it('takes a code only for the redirect URI and the client that it was given to', async () => {
    expect(await exchange({ code: await codeOf(), redirect_uri: 'https://app.example/' })).to.deep.equal(
      INVALID_GRANT,
    );
    const { ClientId = '' } = await app();
    expect(await exchange({ code: await codeOf(), client_id: ClientId })).to.deep.equal(INVALID_GRANT);
    expect(await exchange({ code: await codeOf(), client_id: 'nobody' })).to.deep.include({
      body: { error: 'invalid_client' },
    });
  });

  it('asks a client with a secret for it', async () => {
    const { ClientId = '', ClientSecret = '' } = await app({ GenerateSecret: true });
    const code = () => codeOf({ client_id: ClientId });
    const form = { client_id: ClientId };
    expect((await exchange({ ...form, code: await code() })).body).to.deep.equal({ error: 'invalid_client' });
    expect((await exchange({ ...form, code: await code(), client_secret: ClientSecret })).status).to.equal(
      200,
    );
  });

  it('sends no code to an address that is not registered, letter by letter', async () => {
    for (const redirect_uri of [`${CALLBACK}/`, `${CALLBACK}?x=1`, 'https://evil.example/callback', '']) {
      const response = await fetch(authorizeUrl({ redirect_uri }), { redirect: 'manual' });
      expect([response.status, response.headers.get('location')], redirect_uri).to.deep.equal([400, null]);
    }
  });

  it('tells the application what was wrong with its request', async () => {
    const errorOf = async (parameters: Readonly<Record<string, string>>): Promise<string | null> =>
      (await browse(authorizeUrl({ state: 'back', ...parameters }), CALLBACK, NORA)).get('error');
    expect(await errorOf({ response_type: 'token' })).to.equal('unauthorized_client');
    expect(await errorOf({ scope: 'openid phone' })).to.equal('invalid_scope');
    expect(await errorOf({ code_challenge: CHALLENGE, code_challenge_method: 'plain' })).to.equal(
      'invalid_request',
    );
    expect(await errorOf({ identity_provider: 'COGNITO' })).to.equal('invalid_request');
  });

  it('ends no sign-in that another browser began', async () => {
    const begun = await fetch(authorizeUrl(), { redirect: 'manual' });
    const state = new URL(begun.headers.get('location') ?? '').searchParams.get('state') ?? '';
    const response = await fetch(`${page('idpresponse')}?code=stolen&state=${state}`, { redirect: 'manual' });
    expect(response.status).to.equal(400);
  });

  it('fails when a mapped attribute may not be written by the client', async () => {
    const { ClientId = '' } = await app({ WriteAttributes: ['name'] });
    const refused = await signInByCode({ ...flow, clientId: ClientId }, NORA).catch(
      (error: unknown) => error,
    );
    expect(String(refused)).to.include('unauthorized attribute');
  });

  it('gives no tokens to a user who was disabled', async () => {
    const olaf = { name: 'olaf', password: PASSWORD };
    await signInByCode(flow, olaf);
    const Username = `Corp_${subOf('staff', 'olaf')}`;
    await cloud.sdk.send(new AdminDisableUserCommand({ UserPoolId: poolId, Username }));
    expect(await signInByCode(flow, olaf).catch((error: unknown) => error)).to.be.instanceOf(SignInFailed);
  });

  it('is made with what can be honoured only', async () => {
    const other = await cloud.pool();
    const refusal = (details: Readonly<Record<string, string>>) =>
      failure(cloud.sdk.send(new CreateIdentityProviderCommand({ ...provider(details), UserPoolId: other })));
    for (const oidc_issuer of [
      'http://login.example',
      'https://login.example/',
      'https://login.example:8443',
      'x',
    ])
      expect((await refusal({ oidc_issuer })).name, oidc_issuer).to.equal('InvalidParameterException');
    expect((await refusal({ authorize_scopes: 'email' })).name).to.equal('InvalidParameterException');
    expect((await refusal({ token_url: 'https://x.example' })).name).to.equal('InvalidParameterException');
    for (const Domain of ['my-cognito', 'Upper', 'a.b', DOMAIN])
      expect(
        (await failure(cloud.sdk.send(new CreateUserPoolDomainCommand({ UserPoolId: other, Domain })))).name,
        Domain,
      ).to.equal('InvalidParameterException');
    const { UserPool } = await cloud.sdk.send(new DescribeUserPoolCommand({ UserPoolId: poolId }));
    expect(UserPool?.Domain).to.equal(DOMAIN);
    expect(
      (await failure(cloud.sdk.send(new DeleteUserPoolCommand({ UserPoolId: poolId })))).message,
    ).to.include('domain');
  });
});
