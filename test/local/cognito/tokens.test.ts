import { GetUserCommand, UpdateUserAttributesCommand } from '@aws-sdk/client-cognito-identity-provider';
import { CognitoJwtVerifier } from 'aws-jwt-verify';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import { expect } from 'chai';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { createKeyStore } from '../../../local/cognito/tokens/signing-keys.ts';
import { failure } from '../failure.ts';
import { startCognito, type CognitoFixture } from './fixture.ts';

/** A verifier as in AWS; only the keys of pools come from the endpoint. */
const verifierOf = (endpoint: string, userPoolId: string, clientId: string, tokenUse: 'access' | 'id') =>
  CognitoJwtVerifier.create(
    { userPoolId, clientId, tokenUse },
    {
      jwksCache: new SimpleJwksCache({
        fetcher: {
          fetch: async (uri) => {
            const { pathname } = new URL(uri);
            return (await fetch(endpoint + pathname)).arrayBuffer();
          },
        },
      }),
    },
  );

describe('tokens of a pool', () => {
  let cloud: CognitoFixture;
  let UserPoolId: string;
  before(async () => {
    cloud = await startCognito({ keys: createKeyStore() });
    UserPoolId = await cloud.pool({
      Schema: [
        { Name: 'tenant_id', AttributeDataType: 'String', Mutable: false },
        { Name: 'role', AttributeDataType: 'String' },
      ],
    });
    await cloud.group(UserPoolId, 'viewers', 2);
    await cloud.group(UserPoolId, 'admins', 1);
    await cloud.user(UserPoolId, 'alice', {
      groups: ['viewers', 'admins'],
      attributes: {
        email: 'alice@acme.example',
        email_verified: 'true',
        name: 'Alice',
        'custom:tenant_id': 'acme',
      },
    });
  });
  after(() => cloud.close());

  it('pass the verifier that AWS offers, each for its own use, client and pool', async () => {
    const { ClientId = '' } = await cloud.app(UserPoolId);
    const { AccessToken, IdToken } = await cloud.signIn(ClientId, 'alice');
    const verifier = (use: 'access' | 'id', pool = UserPoolId, client = ClientId) =>
      verifierOf(cloud.endpoint, pool, client, use);
    await verifier('access').verify(AccessToken);
    await verifier('id').verify(IdToken);
    for (const wrong of [
      () => verifier('id').verify(AccessToken),
      () => verifier('access').verify(IdToken),
      () => verifier('access', UserPoolId, 'another').verify(AccessToken),
      async () => verifier('access', await cloud.pool()).verify(AccessToken),
    ])
      await failure(wrong());
  });

  it('have the claims of Cognito', async () => {
    const { ClientId = '' } = await cloud.app(UserPoolId, {
      ReadAttributes: ['email', 'email_verified', 'custom:tenant_id'],
      AccessTokenValidity: 15,
      TokenValidityUnits: { AccessToken: 'minutes' },
    });
    const { AccessToken, IdToken } = await cloud.signIn(ClientId, 'alice');
    const access = decodeJwt(AccessToken);
    expect(access).to.have.all.keys(
      'sub', 'cognito:groups', 'iss', 'client_id', 'origin_jti', 'event_id', 'token_use', 'scope', 'auth_time',
      'exp', 'iat', 'jti', 'username',
    ); // prettier-ignore
    expect(access).to.deep.include({
      iss: `https://cognito-idp.us-east-1.amazonaws.com/${UserPoolId}`,
      'cognito:groups': ['admins', 'viewers'],
      client_id: ClientId,
      token_use: 'access',
      scope: 'aws.cognito.signin.user.admin',
      username: 'alice',
    });
    expect((access.exp ?? 0) - (access.iat ?? 0)).to.equal(900);
    expect(decodeJwt(IdToken)).to.deep.include({
      aud: ClientId,
      token_use: 'id',
      'cognito:username': 'alice',
      'cognito:groups': ['admins', 'viewers'],
      email: 'alice@acme.example',
      email_verified: true,
      'custom:tenant_id': 'acme',
      origin_jti: access['origin_jti'],
    });
    expect(decodeJwt(IdToken)).to.not.have.property('name');
  });

  it('are signed with two keys of the pool alone, and the key set has no private part', async () => {
    const { ClientId = '' } = await cloud.app(UserPoolId);
    const { AccessToken, IdToken } = await cloud.signIn(ClientId, 'alice');
    const keysOf = async (pool: string) => {
      const response = await fetch(`${cloud.endpoint}/${pool}/.well-known/jwks.json`);
      const { keys }: { keys: Record<string, string>[] } = JSON.parse(await response.text());
      return keys;
    };
    const keys = await keysOf(UserPoolId);
    for (const key of keys) expect(key).to.have.all.keys('kty', 'n', 'e', 'kid', 'alg', 'use');
    expect([decodeProtectedHeader(IdToken).kid, decodeProtectedHeader(AccessToken).kid]).to.eql(
      keys.map(({ kid }) => kid),
    );
    const others = await keysOf(await cloud.pool());
    expect(new Set([...keys, ...others].map(({ n }) => n)).size).to.equal(4);
    expect((await fetch(`${cloud.endpoint}/us-east-1_nothere00/.well-known/jwks.json`)).status).to.equal(404);
    const discovery = await fetch(`${cloud.endpoint}/${UserPoolId}/.well-known/openid-configuration`);
    expect(await discovery.json()).to.include({
      issuer: `https://cognito-idp.us-east-1.amazonaws.com/${UserPoolId}`,
    });
  });

  it('let a user read and write own attributes as far as the client may, and only with an access token', async () => {
    const { ClientId } = await cloud.app(UserPoolId, {
      ReadAttributes: ['email'],
      WriteAttributes: ['email', 'custom:tenant_id'],
    });
    const { AccessToken, IdToken } = await cloud.signIn(ClientId, 'alice');
    const write = (Name: string, Value: string, token = AccessToken) =>
      cloud.sdk.send(
        new UpdateUserAttributesCommand({ AccessToken: token, UserAttributes: [{ Name, Value }] }),
      );
    await write('email', 'new@acme.example');
    expect((await failure(write('custom:role', 'admin'))).name).to.equal('NotAuthorizedException');
    expect((await failure(write('email_verified', 'true'))).name).to.equal('NotAuthorizedException');
    expect((await failure(write('custom:tenant_id', 'globex'))).name).to.equal('InvalidParameterException');
    expect((await failure(write('email', 'x@y.example', IdToken))).name).to.equal('NotAuthorizedException');
    const { UserAttributes } = await cloud.sdk.send(new GetUserCommand({ AccessToken }));
    expect(UserAttributes?.map(({ Name }) => Name)).to.eql(['sub', 'email']);
    expect(UserAttributes?.[1]?.Value).to.equal('new@acme.example');
  });

  it('of a client without lists leave custom attributes alone', async () => {
    const { ClientId } = await cloud.app(UserPoolId);
    const { AccessToken, IdToken } = await cloud.signIn(ClientId, 'alice');
    expect(decodeJwt(IdToken)).to.not.have.property('custom:tenant_id');
    expect(decodeJwt(IdToken)).to.include({ name: 'Alice' });
    const write = new UpdateUserAttributesCommand({
      AccessToken,
      UserAttributes: [{ Name: 'custom:role', Value: 'admin' }],
    });
    expect((await failure(cloud.sdk.send(write))).name).to.equal('NotAuthorizedException');
  });
});
