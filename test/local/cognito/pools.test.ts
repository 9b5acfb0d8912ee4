import {
  DeleteUserPoolCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
  UpdateUserPoolClientCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect } from 'chai';
import { failure } from '../failure.ts';
import { startCognito, type CognitoFixture } from './fixture.ts';

const HOOK = 'arn:aws:lambda:us-east-1:000000000000:function:hook';

describe('user pools and their clients', () => {
  let cloud: CognitoFixture;
  beforeEach(async () => {
    cloud = await startCognito();
  });
  afterEach(() => cloud.close());
  const describePool = async (UserPoolId: string) =>
    (await cloud.sdk.send(new DescribeUserPoolCommand({ UserPoolId }))).UserPool ?? {};

  it('are told as they were made, with ids in the form of AWS', async () => {
    const id = await cloud.pool({
      PoolName: 'acme',
      LambdaConfig: { PreTokenGenerationConfig: { LambdaArn: HOOK, LambdaVersion: 'V2_0' } },
      Schema: [{ Name: 'tenant_id', AttributeDataType: 'String', Mutable: false }],
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      UserPoolTags: { tenant: 'acme' },
    });
    expect(id).to.match(/^us-east-1_[A-Za-z0-9]{9}$/);
    const pool = await describePool(id);
    expect(pool).to.deep.include({
      Name: 'acme',
      Arn: `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${id}`,
      UserPoolTier: 'ESSENTIALS',
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      UserPoolTags: { tenant: 'acme' },
    });
    expect(pool.LambdaConfig?.PreTokenGenerationConfig).to.eql({ LambdaArn: HOOK, LambdaVersion: 'V2_0' });
    expect(pool.SchemaAttributes?.find(({ Name }) => Name === 'custom:tenant_id')).to.include({
      Mutable: false,
    });
    expect(pool.CreationDate).to.be.an.instanceOf(Date);
  });

  it('lose on an update what it does not name, but for the name and the tier', async () => {
    const id = await cloud.pool({
      PoolName: 'acme',
      UserPoolTier: 'PLUS',
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
    });
    await cloud.sdk.send(new UpdateUserPoolCommand({ UserPoolId: id, DeletionProtection: 'ACTIVE' }));
    expect(await describePool(id)).to.deep.include({
      Name: 'acme',
      UserPoolTier: 'PLUS',
      DeletionProtection: 'ACTIVE',
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
    });
  });

  it('are deleted only without deletion protection', async () => {
    const id = await cloud.pool({ DeletionProtection: 'ACTIVE' });
    const remove = () => cloud.sdk.send(new DeleteUserPoolCommand({ UserPoolId: id }));
    expect((await failure(remove())).name).to.equal('InvalidParameterException');
    await cloud.sdk.send(new UpdateUserPoolCommand({ UserPoolId: id, DeletionProtection: 'INACTIVE' }));
    await remove();
    expect((await failure(describePool(id))).name).to.equal('ResourceNotFoundException');
  });

  it('are listed in pages', async () => {
    const ids = [await cloud.pool(), await cloud.pool(), await cloud.pool()];
    const list = (NextToken?: string) =>
      cloud.sdk.send(new ListUserPoolsCommand({ MaxResults: 2, NextToken }));
    const first = await list();
    const second = await list(first.NextToken);
    expect([...(first.UserPools ?? []), ...(second.UserPools ?? [])].map(({ Id }) => Id)).to.eql(ids);
    expect(second.NextToken).to.equal(undefined);
    expect((await failure(list('AAAA'))).name).to.equal('InvalidParameterException');
  });

  for (const [what, settings, error] of [
    ['a feature that is not emulated', { MfaConfiguration: 'ON' }, 'InvalidParameterException'],
    ['another trigger', { LambdaConfig: { PreSignUp: HOOK } }, 'InvalidParameterException'],
    [
      'access token claims in the lowest tier',
      {
        UserPoolTier: 'LITE',
        LambdaConfig: { PreTokenGenerationConfig: { LambdaArn: HOOK, LambdaVersion: 'V2_0' } },
      },
      'FeatureUnavailableInTierException',
    ],
    ['a required custom attribute', { Schema: [{ Name: 'x', Required: true }] }, 'InvalidParameterException'],
    ['a name with a slash', { PoolName: 'a/b' }, 'InvalidParameterException'],
  ] as const) {
    it(`refuse ${what}`, async () => {
      expect((await failure(cloud.pool(structuredClone(settings) as object))).name).to.equal(error);
    });
  }

  it('have clients with their own settings', async () => {
    const UserPoolId = await cloud.pool();
    const { ClientId, ClientSecret } = await cloud.app(UserPoolId, {
      GenerateSecret: true,
      AccessTokenValidity: 15,
      TokenValidityUnits: { AccessToken: 'minutes' },
      PreventUserExistenceErrors: 'ENABLED',
      ReadAttributes: ['email'],
    });
    expect(ClientId).to.match(/^[a-z0-9]{26}$/);
    const read = async () =>
      (await cloud.sdk.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }))).UserPoolClient;
    expect(await read()).to.deep.include({
      ClientSecret,
      AccessTokenValidity: 15,
      TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'hours', RefreshToken: 'days' },
      PreventUserExistenceErrors: 'ENABLED',
      EnableTokenRevocation: true,
      ReadAttributes: ['email'],
    });
    await cloud.sdk.send(new UpdateUserPoolClientCommand({ UserPoolId, ClientId }));
    expect(await read()).to.deep.include({
      ClientSecret,
      AccessTokenValidity: 1,
      PreventUserExistenceErrors: 'LEGACY',
      ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_CUSTOM_AUTH'],
    });
    const { UserPoolClients } = await cloud.sdk.send(new ListUserPoolClientsCommand({ UserPoolId }));
    expect(UserPoolClients?.map((client) => client.ClientId)).to.eql([ClientId]);
  });

  for (const [what, settings] of [
    [
      'a life that is too short',
      { AccessTokenValidity: 299, TokenValidityUnits: { AccessToken: 'seconds' } },
    ],
    ['a life that is too long', { IdTokenValidity: 25 }],
    ['an attribute that the pool does not have', { ReadAttributes: ['custom:none'] }],
    ['writing what only the service verifies', { WriteAttributes: ['email_verified'] }],
    ['OAuth without a scope', { AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthFlows: ['code'] }],
    ['a flow that hands tokens out in the address', { AllowedOAuthFlows: ['implicit'] }],
    ['a callback that is not encrypted', { CallbackURLs: ['http://app.example/callback'] }],
    ['a callback with a fragment', { CallbackURLs: ['https://app.example/#callback'] }],
    ['a provider that the pool does not have', { SupportedIdentityProviders: ['Corp'] }],
  ] as const) {
    it(`have no clients with ${what}`, async () => {
      const id = await cloud.pool();
      const error = await failure(cloud.app(id, structuredClone(settings) as object));
      expect(error.name).to.equal('InvalidParameterException');
    });
  }
});
