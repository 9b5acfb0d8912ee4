import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminInitiateAuthCommand,
  AdminUserGlobalSignOutCommand,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
  RevokeTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect } from 'chai';
import { createHmac } from 'node:crypto';
import { decodeJwt } from 'jose';
import { failure } from '../failure.ts';
import { PASSWORD, startCognito, type CognitoFixture } from './fixture.ts';

describe('signing in', () => {
  let cloud: CognitoFixture;
  let UserPoolId: string;
  let now = Date.now();
  beforeEach(async () => {
    now = Date.now();
    cloud = await startCognito({ now: () => now });
    UserPoolId = await cloud.pool();
    await cloud.user(UserPoolId, 'alice');
  });
  afterEach(() => cloud.close());
  const alice = () => ({ UserPoolId, Username: 'alice' });

  const nameAndMessage = async (call: Promise<unknown>) => {
    const { name, message } = await failure(call);
    return `${name}: ${message}`;
  };

  it('is open to everybody, unlike what administrators do', async () => {
    const { ClientId } = await cloud.app(UserPoolId);
    cloud.iam.roles.create('outsider', JSON.stringify({ Statement: [] }));
    const outsider = new CognitoIdentityProviderClient(cloud.client('outsider'));
    const AuthParameters = { USERNAME: 'alice', PASSWORD };
    await outsider.send(
      new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }),
    );
    const error = await failure(outsider.send(new AdminDeleteUserCommand(alice())));
    expect(error.name).to.equal('AccessDeniedException');
    outsider.destroy();
  });

  it('needs the right password', async () => {
    const { ClientId } = await cloud.app(UserPoolId);
    await cloud.signIn(ClientId, 'alice');
    expect(await nameAndMessage(cloud.signIn(ClientId, 'alice', 'Wrong-horse-7'))).to.equal(
      'NotAuthorizedException: Incorrect username or password.',
    );
  });

  it('tells whether a user exists only where the client wants it to', async () => {
    const open = await cloud.app(UserPoolId);
    const closed = await cloud.app(UserPoolId, { PreventUserExistenceErrors: 'ENABLED' });
    expect((await failure(cloud.signIn(open.ClientId, 'bob'))).name).to.equal('UserNotFoundException');
    expect(await nameAndMessage(cloud.signIn(closed.ClientId, 'bob'))).to.equal(
      await nameAndMessage(cloud.signIn(closed.ClientId, 'alice', 'Wrong-horse-7')),
    );
  });

  it('takes only the ways that the client allows', async () => {
    const { ClientId } = await cloud.app(UserPoolId, { ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] });
    expect((await failure(cloud.signIn(ClientId, 'alice'))).name).to.equal('InvalidParameterException');
    expect((await failure(cloud.refresh(ClientId, 'x'))).name).to.equal('InvalidParameterException');
    const AuthParameters = { USERNAME: 'alice', PASSWORD };
    const asAdmin = (AuthFlow: 'ADMIN_USER_PASSWORD_AUTH' | 'USER_SRP_AUTH') =>
      cloud.sdk.send(new AdminInitiateAuthCommand({ UserPoolId, ClientId, AuthFlow, AuthParameters }));
    expect((await failure(asAdmin('ADMIN_USER_PASSWORD_AUTH'))).message).to.contain('not enabled');
    expect((await failure(asAdmin('USER_SRP_AUTH'))).message).to.contain('embedded cloud');
  });

  it('by an administrator needs a client of the pool that is named', async () => {
    const { ClientId } = await cloud.app(UserPoolId, {
      ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH'],
    });
    const AuthParameters = { USERNAME: 'alice', PASSWORD };
    const signIn = (pool: string) =>
      cloud.sdk.send(
        new AdminInitiateAuthCommand({
          UserPoolId: pool,
          ClientId,
          AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
          AuthParameters,
        }),
      );
    expect((await signIn(UserPoolId)).AuthenticationResult).to.include({
      TokenType: 'Bearer',
      ExpiresIn: 3600,
    });
    expect((await failure(signIn(await cloud.pool()))).name).to.equal('ResourceNotFoundException');
  });

  it('proves the secret of a client that has one', async () => {
    const { ClientId, ClientSecret = '' } = await cloud.app(UserPoolId, { GenerateSecret: true });
    const signIn = (secret?: string) =>
      cloud.sdk.send(
        new InitiateAuthCommand({
          ClientId,
          AuthFlow: 'USER_PASSWORD_AUTH',
          AuthParameters: {
            USERNAME: 'alice',
            PASSWORD,
            ...(secret && {
              SECRET_HASH: createHmac('sha256', secret).update(`alice${ClientId}`).digest('base64'),
            }),
          },
        }),
      );
    expect((await signIn(ClientSecret)).AuthenticationResult?.AccessToken).to.be.a('string');
    expect((await failure(signIn('another'))).name).to.equal('NotAuthorizedException');
    expect((await failure(signIn())).name).to.equal('NotAuthorizedException');
  });

  it('with a temporary password gives no token', async () => {
    const { ClientId } = await cloud.app(UserPoolId);
    await cloud.sdk.send(
      new AdminCreateUserCommand({
        UserPoolId,
        Username: 'bob',
        TemporaryPassword: PASSWORD,
        MessageAction: 'SUPPRESS',
      }),
    );
    const AuthParameters = { USERNAME: 'bob', PASSWORD };
    const signIn = () =>
      cloud.sdk.send(new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }));
    const answer = await signIn();
    expect(answer.ChallengeName).to.equal('NEW_PASSWORD_REQUIRED');
    expect(answer.AuthenticationResult).to.equal(undefined);
    now += 8 * 86_400_000;
    expect((await failure(signIn())).message).to.contain('expired');
  });

  it('is refused to a disabled user, and so is going on', async () => {
    const { ClientId } = await cloud.app(UserPoolId);
    const { RefreshToken } = await cloud.signIn(ClientId, 'alice');
    await cloud.sdk.send(new AdminDisableUserCommand(alice()));
    expect((await failure(cloud.signIn(ClientId, 'alice'))).message).to.equal('User is disabled.');
    expect((await failure(cloud.refresh(ClientId, RefreshToken))).message).to.equal('User is disabled.');
    await cloud.sdk.send(new AdminEnableUserCommand(alice()));
    await cloud.signIn(ClientId, 'alice');
  });

  it('goes on with a refresh token until it expires, with the same origin and no new refresh token', async () => {
    const { ClientId } = await cloud.app(UserPoolId);
    const first = await cloud.signIn(ClientId, 'alice');
    now += 3_600_000;
    const second = await cloud.refresh(ClientId, first.RefreshToken);
    expect(second.RefreshToken).to.equal(undefined);
    const [before, after] = [decodeJwt(first.AccessToken), decodeJwt(second.AccessToken ?? '')];
    expect([after['origin_jti'], after['auth_time']]).to.eql([before['origin_jti'], before['auth_time']]);
    expect((after.iat ?? 0) - (before.iat ?? 0)).to.equal(3600);
    now += 30 * 86_400_000;
    expect((await failure(cloud.refresh(ClientId, first.RefreshToken))).name).to.equal(
      'NotAuthorizedException',
    );
  });

  it('does not go on with the token of another client, or of a user who is gone', async () => {
    const { ClientId } = await cloud.app(UserPoolId);
    const other = await cloud.app(UserPoolId);
    const { RefreshToken } = await cloud.signIn(ClientId, 'alice');
    for (const [client, token] of [
      [other.ClientId, RefreshToken],
      [ClientId, 'guessed'],
    ]) {
      expect((await failure(cloud.refresh(client, token ?? ''))).message).to.equal('Invalid Refresh Token');
    }
    await cloud.sdk.send(new AdminDeleteUserCommand(alice()));
    await cloud.user(UserPoolId, 'alice');
    expect((await failure(cloud.refresh(ClientId, RefreshToken))).name).to.equal('NotAuthorizedException');
  });

  it('is over after a revocation or a sign-out everywhere', async () => {
    const { ClientId } = await cloud.app(UserPoolId);
    const [one, two, three] = [
      await cloud.signIn(ClientId, 'alice'),
      await cloud.signIn(ClientId, 'alice'),
      await cloud.signIn(ClientId, 'alice'),
    ];
    const goOn = async (token: string) =>
      cloud.refresh(ClientId, token).then(
        () => 'goes on',
        (error: Error) => error.name,
      );
    await cloud.sdk.send(new RevokeTokenCommand({ ClientId, Token: one.RefreshToken }));
    expect([await goOn(one.RefreshToken), await goOn(two.RefreshToken)]).to.eql([
      'NotAuthorizedException',
      'goes on',
    ]);
    await cloud.sdk.send(new AdminUserGlobalSignOutCommand(alice()));
    expect([await goOn(two.RefreshToken), await goOn(three.RefreshToken)]).to.eql([
      'NotAuthorizedException',
      'NotAuthorizedException',
    ]);
  });

  it('is revoked by the refresh token, at a client that allows it, and by nobody else', async () => {
    const { ClientId } = await cloud.app(UserPoolId);
    const other = await cloud.app(UserPoolId, { EnableTokenRevocation: false });
    const { AccessToken, RefreshToken } = await cloud.signIn(ClientId, 'alice');
    const revoke = (Token: string, client = ClientId) =>
      cloud.sdk.send(new RevokeTokenCommand({ ClientId: client, Token }));
    expect((await failure(revoke(AccessToken))).name).to.equal('UnsupportedTokenTypeException');
    expect((await failure(revoke(RefreshToken, other.ClientId))).name).to.equal(
      'UnsupportedOperationException',
    );
    const third = await cloud.app(UserPoolId);
    expect((await failure(revoke(RefreshToken, third.ClientId))).name).to.equal('UnauthorizedException');
    await revoke('unknown');
  });
});
