import { expect } from 'chai';
import { decodeJwt } from 'jose';
import { inTime } from '../../../local/cognito/tokens/in-time.ts';
import type { InvokeTrigger } from '../../../local/cognito/tokens/pre-token-trigger.ts';
import { failure } from '../failure.ts';
import { startCognito, type CognitoFixture } from './fixture.ts';

const HOOK = 'arn:aws:lambda:us-east-1:000000000000:function:hook';

describe('the pre token generation trigger', () => {
  let cloud: CognitoFixture;
  let calls: { arn: string; event: Record<string, unknown>; poolArn: string }[] = [];
  let answer: (event: Record<string, unknown>) => Awaited<ReturnType<InvokeTrigger>>;

  beforeEach(async () => {
    calls = [];
    cloud = await startCognito({
      invoke: async (arn, event, poolArn) => {
        const given = { ...event };
        calls.push({ arn, event: given, poolArn });
        return answer(given);
      },
    });
  });
  afterEach(() => cloud.close());

  const respond =
    (response: object): typeof answer =>
    (event) => ({ ok: true, result: { ...event, response } });

  const start = async (LambdaVersion: 'V1_0' | 'V2_0' | 'V3_0') => {
    const UserPoolId = await cloud.pool({
      LambdaConfig: { PreTokenGenerationConfig: { LambdaArn: HOOK, LambdaVersion } },
    });
    await cloud.group(UserPoolId, 'viewers');
    const sub = await cloud.user(UserPoolId, 'alice', {
      groups: ['viewers'],
      attributes: { email: 'alice@acme.example' },
    });
    const { ClientId = '' } = await cloud.app(UserPoolId);
    const signIn = async () => {
      const tokens = await cloud.signIn(ClientId, 'alice');
      return { ...tokens, access: decodeJwt(tokens.AccessToken), id: decodeJwt(tokens.IdToken) };
    };
    return { UserPoolId, ClientId, sub, signIn };
  };

  // Cognito Developer Guide, "Pre token generation Lambda trigger", the example of version two.
  it('gets the event that the guide shows', async () => {
    answer = respond({});
    const { UserPoolId, ClientId, sub, signIn } = await start('V2_0');
    const { RefreshToken } = await signIn();
    const event = {
      version: '2',
      triggerSource: 'TokenGeneration_Authentication',
      region: 'us-east-1',
      userPoolId: UserPoolId,
      userName: 'alice',
      callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: ClientId },
      request: {
        userAttributes: { sub, 'cognito:user_status': 'CONFIRMED', email: 'alice@acme.example' },
        groupConfiguration: { groupsToOverride: ['viewers'], iamRolesToOverride: [], preferredRole: null },
        scopes: ['aws.cognito.signin.user.admin'],
      },
      response: { claimsAndScopeOverrideDetails: null },
    };
    const poolArn = `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${UserPoolId}`;
    expect(calls).to.eql([{ arn: HOOK, event, poolArn }]);
    await cloud.refresh(ClientId, RefreshToken);
    expect(calls[1]?.event['triggerSource']).to.equal('TokenGeneration_RefreshTokens');
  });

  it('of version 1 knows no scopes and writes text into the ID token only', async () => {
    answer = respond({
      claimsOverrideDetails: { claimsToAddOrOverride: { tenant_id: 'acme' }, claimsToSuppress: ['email'] },
    });
    const { signIn } = await start('V1_0');
    const { access, id } = await signIn();
    expect(calls[0]?.event).to.deep.include({
      version: '1',
      response: { claimsOverrideDetails: null },
    });
    expect(calls[0]?.event['request']).to.not.have.property('scopes');
    expect(id).to.include({ tenant_id: 'acme' }).and.to.not.have.property('email');
    expect(access).to.not.have.property('tenant_id');
    answer = respond({ claimsOverrideDetails: { claimsToAddOrOverride: { roles: ['a'] } } });
    expect((await failure(signIn())).name).to.equal('InvalidLambdaResponseException');
  });

  for (const version of ['V2_0', 'V3_0'] as const) {
    it(`of version ${version.charAt(1)} writes claims, groups and scopes of both tokens`, async () => {
      answer = respond({
        claimsAndScopeOverrideDetails: {
          accessTokenGeneration: {
            claimsToAddOrOverride: { tenant_id: 'acme', suspended: false, limits: { day: 5 }, both: 'x' },
            claimsToSuppress: ['both'],
            scopesToAdd: ['orders/read'],
            scopesToSuppress: ['aws.cognito.signin.user.admin'],
          },
          idTokenGeneration: { claimsToAddOrOverride: { email: 'other@acme.example' } },
          groupOverrideDetails: { groupsToOverride: ['admins'] },
        },
      });
      const { signIn } = await start(version);
      const { access, id } = await signIn();
      expect(calls[0]?.event['version']).to.equal(version.charAt(1));
      expect(access).to.deep.include({
        tenant_id: 'acme',
        suspended: false,
        limits: { day: 5 },
        scope: 'orders/read',
        'cognito:groups': ['admins'],
      });
      expect(access).to.not.have.property('both');
      expect(id).to.deep.include({ email: 'other@acme.example', 'cognito:groups': ['admins'] });
      expect(id).to.not.have.property('tenant_id');
    });
  }

  it('changes nothing that tells who the token is for', async () => {
    const claims = {
      sub: 'mallory', iss: 'https://evil.example', exp: 9_999_999_999, iat: 0, jti: 'x', token_use: 'id',
      client_id: 'x', username: 'mallory', scope: 'all', aud: 'x', origin_jti: 'x', auth_time: 0, event_id: 'x',
      'cognito:groups': ['root'], 'cognito:username': 'mallory',
    }; // prettier-ignore
    const generation = { claimsToAddOrOverride: claims, claimsToSuppress: Object.keys(claims) };
    const { signIn } = await start('V2_0');
    answer = respond({});
    const plain = await signIn();
    answer = respond({
      claimsAndScopeOverrideDetails: {
        accessTokenGeneration: generation,
        idTokenGeneration: generation,
      },
    });
    const changed = await signIn();
    for (const token of ['access', 'id'] as const) {
      expect(Object.keys(changed[token]).toSorted()).to.eql(Object.keys(plain[token]).toSorted());
      for (const name of [
        'sub',
        'iss',
        'token_use',
        'client_id',
        'username',
        'scope',
        'aud',
        'cognito:groups',
      ]) {
        expect(changed[token][name], `${token} ${name}`).to.eql(plain[token][name]);
      }
    }
  });

  it('may name the client as the audience of an access token', async () => {
    const { ClientId, signIn } = await start('V2_0');
    answer = respond({
      claimsAndScopeOverrideDetails: { accessTokenGeneration: { claimsToAddOrOverride: { aud: ClientId } } },
    });
    expect((await signIn()).access.aud).to.equal(ClientId);
  });

  it('that fails means no token, with the reason it gave', async () => {
    answer = () => ({ ok: false, error: { message: 'the tenant is suspended' } });
    const { name, message } = await failure((await start('V2_0')).signIn());
    expect(name).to.equal('UserLambdaValidationException');
    expect(message).to.equal('PreTokenGeneration failed with error the tenant is suspended.');
  });

  for (const [what, result] of [
    ['nothing', null],
    ['text', 'ok'],
    ['a claim without a value', { accessTokenGeneration: { claimsToAddOrOverride: { a: null } } }],
    ['a list of claims', { accessTokenGeneration: { claimsToAddOrOverride: ['a'] } }],
    ['two scopes in one', { accessTokenGeneration: { scopesToAdd: ['a b'] } }],
  ] as const) {
    it(`that answers ${what} means no token`, async () => {
      const details = { response: { claimsAndScopeOverrideDetails: result } };
      answer = () => ({ ok: true, result: typeof result === 'object' && result ? details : result });
      const error = await failure((await start('V2_0')).signIn());
      expect(error.name).to.equal('InvalidLambdaResponseException');
    });
  }

  it('that does not answer in time means no token', async () => {
    const error = await failure(inTime(new Promise<never>(() => undefined), 5));
    expect(error).to.include({ code: 'UnexpectedLambdaException' });
  });
});
