import {
  AdminUserGlobalSignOutCommand,
  CreateIdentityProviderCommand,
  CreateUserPoolDomainCommand,
  GetUserCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect } from 'chai';
import { isObject } from '../../../authz/item-shape.ts';
import { signInByCode, type CodeTokens } from '../../../local/seed/code-flow.ts';
import { subOf } from '../../../local/oidc/directory.ts';
import { failure } from '../failure.ts';
import { PASSWORD, startCognito, type CognitoFixture } from './fixture.ts';

const ISSUER = 'https://login.corp.example/oauth2/default';
const CALLBACK = 'https://app.example/callback';
const BYE = 'https://app.example/bye';
const USERNAME = `Corp_${subOf('staff', 'nora')}`;

describe('the pages of a user pool', () => {
  let cloud: CognitoFixture;
  let poolId: string;
  let clientId: string;
  before(async () => {
    cloud = await startCognito();
    await cloud.issuers.put(ISSUER, 'staff', { clientIds: ['pool-at-corp'], people: { nora: {} } });
    poolId = await cloud.pool({ Schema: [{ Name: 'desk', AttributeDataType: 'String' }] });
    await cloud.sdk.send(new CreateUserPoolDomainCommand({ UserPoolId: poolId, Domain: 'pages' }));
    await cloud.sdk.send(
      new CreateIdentityProviderCommand({
        UserPoolId: poolId,
        ProviderName: 'Corp',
        ProviderType: 'OIDC',
        ProviderDetails: {
          client_id: 'pool-at-corp',
          client_secret: 'hush',
          oidc_issuer: ISSUER,
          authorize_scopes: 'openid email profile',
          attributes_request_method: 'GET',
        },
        AttributeMapping: { email: 'email', name: 'email', 'custom:desk': 'email' },
      }),
    );
    clientId = (await app()).ClientId ?? '';
  });
  after(() => cloud.close());

  const READABLE = ['email', 'name', 'custom:desk'];
  const app = (settings: Parameters<CognitoFixture['app']>[1] = {}) =>
    cloud.app(poolId, {
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'email', 'profile', 'aws.cognito.signin.user.admin'],
      CallbackURLs: [CALLBACK],
      LogoutURLs: [BYE],
      SupportedIdentityProviders: ['Corp'],
      ReadAttributes: READABLE,
      WriteAttributes: READABLE,
      EnableTokenRevocation: true,
      ...settings,
    });
  const page = (name: string): string => `${cloud.endpoint}/pages/${name}`;
  const signIn = (scope = 'openid', client = clientId): Promise<CodeTokens> =>
    signInByCode(
      {
        authorizeUrl: page('oauth2/authorize'),
        tokenUrl: page('oauth2/token'),
        clientId: client,
        redirectUri: CALLBACK,
        scope,
      },
      { name: 'nora', password: PASSWORD },
    );
  const userInfo = async (token?: string, method = 'GET'): Promise<{ status: number; body: unknown }> => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const response = await fetch(page('oauth2/userInfo'), { method, headers });
    return { status: response.status, body: await response.json() };
  };
  const revoke = async (
    form: Readonly<Record<string, string>>,
  ): Promise<{ status: number; body: string }> => {
    const body = new URLSearchParams({ client_id: clientId, ...form });
    const response = await fetch(page('oauth2/revoke'), { method: 'POST', body });
    return { status: response.status, body: await response.text() };
  };

  describe('userInfo', () => {
    it('tells of the user what the scopes and the client let be seen', async () => {
      const email = 'nora@staff.example';
      const seen = async (scope: string, client?: string): Promise<unknown> => {
        const { body } = await userInfo((await signIn(scope, client)).access_token);
        if (!isObject(body)) throw new Error('no object');
        const { sub, username, ...others } = body;
        expect([typeof sub, username]).to.deep.equal(['string', USERNAME]);
        return others;
      };
      expect(await seen('openid')).to.deep.equal({ email, name: email, 'custom:desk': email });
      expect(await seen('openid email')).to.deep.equal({ email });
      expect(await seen('openid profile')).to.deep.equal({ name: email, 'custom:desk': email });
      const blind = await app({ ReadAttributes: ['name'] });
      expect(await seen('openid', blind.ClientId)).to.deep.equal({ name: email });
      expect(await userInfo((await signIn()).access_token, 'POST')).to.include({ status: 200 });
    });

    it('tells nothing without a token, or for one that is none of a sign-in with openid', async () => {
      expect(await userInfo()).to.deep.include({ status: 400 });
      const { id_token = '' } = await signIn();
      await cloud.user(poolId, 'api', {});
      const byApi = await cloud.signIn(clientId, 'api');
      for (const token of ['x.y.z', id_token, byApi.AccessToken, (await signIn('email')).access_token])
        expect(await userInfo(token)).to.have.nested.include({ status: 401, 'body.error': 'invalid_token' });
    });

    it('tells nothing at the pages of another pool', async () => {
      const other = await cloud.pool();
      await cloud.sdk.send(new CreateUserPoolDomainCommand({ UserPoolId: other, Domain: 'others' }));
      const headers = { authorization: `Bearer ${(await signIn()).access_token}` };
      const { status } = await fetch(`${cloud.endpoint}/others/oauth2/userInfo`, { headers });
      expect(status).to.equal(401);
    });

    it('tells nothing when the user was signed out everywhere', async () => {
      const { access_token } = await signIn();
      await cloud.sdk.send(new AdminUserGlobalSignOutCommand({ UserPoolId: poolId, Username: USERNAME }));
      expect(await userInfo(access_token)).to.include({ status: 401 });
    });
  });

  describe('revoke', () => {
    it('ends a sign-in: no refresh, and its access token is nothing to the service any more', async () => {
      const scope = 'openid aws.cognito.signin.user.admin';
      const [ended, other] = [await signIn(scope), await signIn(scope)];
      expect(await revoke({ token: ended.refresh_token ?? '' })).to.deep.equal({ status: 200, body: '' });
      expect((await failure(cloud.refresh(clientId, ended.refresh_token ?? ''))).name).to.equal(
        'NotAuthorizedException',
      );
      expect(await userInfo(ended.access_token)).to.include({ status: 401 });
      const getUser = (AccessToken: string) => cloud.sdk.send(new GetUserCommand({ AccessToken }));
      expect((await failure(getUser(ended.access_token))).name).to.equal('NotAuthorizedException');
      expect((await getUser(other.access_token)).Username).to.equal(USERNAME);
      expect(await revoke({ token: ended.refresh_token ?? '' }), 'again').to.include({ status: 200 });
    });

    it('takes refresh tokens alone, of the client that asks, which proves itself', async () => {
      const { access_token, refresh_token: token = '' } = await signIn();
      const other = (await app()).ClientId ?? '';
      const closed = (await app({ GenerateSecret: true })).ClientId ?? '';
      const keeping = (await app({ EnableTokenRevocation: false })).ClientId ?? '';
      for (const [form, status, error] of [
        [{}, 400, 'invalid_request'],
        [{ token: access_token }, 400, 'unsupported_token_type'],
        [{ token, client_id: other }, 400, 'unauthorized_client'],
        [{ token, client_id: closed }, 401, 'invalid_client'],
        [{ token, client_id: keeping }, 400, 'invalid_request'],
      ] as const)
        expect(await revoke(form)).to.deep.equal({ status, body: JSON.stringify({ error }) });
      expect((await cloud.refresh(clientId, token)).AccessToken).to.be.a('string');
    });
  });

  describe('logout', () => {
    const leave = async (query: Readonly<Record<string, string>>): Promise<unknown> => {
      const url = `${page('logout')}?${new URLSearchParams(query).toString()}`;
      const { status, headers } = await fetch(url, { redirect: 'manual' });
      return [status, headers.get('location')];
    };

    it('sends the browser back to a registered address, letter by letter, and nowhere else', async () => {
      expect(await leave({ client_id: clientId, logout_uri: BYE })).to.deep.equal([302, BYE]);
      for (const logout_uri of [`${BYE}/`, CALLBACK, 'https://evil.example/', ''])
        expect(await leave({ client_id: clientId, logout_uri }), logout_uri).to.deep.equal([400, null]);
      expect(await leave({ client_id: 'nobody', logout_uri: BYE })).to.deep.equal([400, null]);
      expect(await leave({ client_id: clientId })).to.deep.equal([400, null]);
    });

    it('leads to another sign-in where that is asked for', async () => {
      const query = { client_id: clientId, redirect_uri: CALLBACK, response_type: 'code' };
      const url = `${page('logout')}?${new URLSearchParams(query).toString()}`;
      const { headers } = await fetch(url, { redirect: 'manual' });
      const next = new URL(headers.get('location') ?? '', url);
      expect(`${next.origin}${next.pathname}`).to.equal(page('oauth2/authorize'));
      expect((await fetch(next, { redirect: 'manual' })).status).to.equal(302);
    });
  });
});
