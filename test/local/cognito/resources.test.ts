import {
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  GetGroupCommand,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect } from 'chai';
import { cognitoResources } from '../../../local/cognito/resources.ts';
import type { ResourceHandler } from '../../../local/program/resource.ts';
import { failure } from '../failure.ts';
import { startCognito, type CognitoFixture } from './fixture.ts';

const HOOK = 'arn:aws:lambda:us-east-1:000000000000:function:hook';

describe('user pools as resources of the program', () => {
  let cloud: CognitoFixture;
  let handler: (type: string) => ResourceHandler;
  before(async () => {
    cloud = await startCognito();
    const handlers = cognitoResources({ cognito: cloud.cognito, deployer: { accessKeyId: 'deployer' } });
    handler = (type) => handlers[`aws:cognito/${type}`]!;
  });
  after(() => cloud.close());

  it('are made, changed and deleted with their clients and groups', async () => {
    const [pools, clients, groups] = [
      handler('userPool:UserPool'),
      handler('userPoolClient:UserPoolClient'),
      handler('userGroup:UserGroup'),
    ];
    const poolInputs = {
      name: 'acme',
      userPoolTier: 'ESSENTIALS',
      adminCreateUserConfig: { allowAdminCreateUserOnly: true },
      schemas: [
        {
          name: 'tenant_id',
          attributeDataType: 'String',
          mutable: false,
          required: false,
          stringAttributeConstraints: { minLength: '2', maxLength: '31' },
        },
      ],
      passwordPolicy: {
        minimumLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireNumbers: true,
        requireSymbols: false,
        temporaryPasswordValidityDays: 7,
      },
      lambdaConfig: { preTokenGenerationConfig: { lambdaArn: HOOK, lambdaVersion: 'V2_0' } },
      deletionProtection: 'INACTIVE',
      accountRecoverySetting: { recoveryMechanisms: [{ name: 'admin_only', priority: 1 }] },
      tags: { tenant: 'acme' },
    };
    const pool = await pools.create(poolInputs, 'logical');
    const read = async () =>
      (await cloud.sdk.send(new DescribeUserPoolCommand({ UserPoolId: pool.id }))).UserPool;
    expect(pool.state).to.include({
      arn: `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${pool.id}`,
      endpoint: `cognito-idp.us-east-1.amazonaws.com/${pool.id}`,
      name: 'acme',
    });
    expect(await read()).to.deep.include({
      Name: 'acme',
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
      UserPoolTags: { tenant: 'acme' },
    });
    expect((await read())?.Policies?.PasswordPolicy).to.include({ MinimumLength: 12, RequireSymbols: false });

    const clientInputs = {
      name: 'app',
      userPoolId: pool.id,
      explicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      accessTokenValidity: 15,
      tokenValidityUnits: { accessToken: 'minutes' },
      preventUserExistenceErrors: 'ENABLED',
      readAttributes: ['email'],
      writeAttributes: ['email'],
    };
    const client = await clients.create(clientInputs, 'client');
    const group = await groups.create({ name: 'viewers', userPoolId: pool.id }, 'group');

    const changedPool = await pools.update(pool.id, { ...poolInputs, tags: {} }, pool.state);
    expect((await read())?.UserPoolTags).to.eql({});
    const changedClient = await clients.update(
      client.id,
      { ...clientInputs, accessTokenValidity: 30 },
      client.state,
    );
    const { UserPoolClient } = await cloud.sdk.send(
      new DescribeUserPoolClientCommand({ UserPoolId: pool.id, ClientId: client.id }),
    );
    expect(UserPoolClient).to.deep.include({
      ClientName: 'app',
      AccessTokenValidity: 30,
      TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'hours', RefreshToken: 'days' },
      WriteAttributes: ['email'],
    });
    const changedGroup = await groups.update(
      group.id,
      { name: 'viewers', userPoolId: pool.id, description: 'those who look', precedence: 3 },
      group.state,
    );
    const { Group } = await cloud.sdk.send(
      new GetGroupCommand({ UserPoolId: pool.id, GroupName: 'viewers' }),
    );
    expect(Group).to.include({ Description: 'those who look', Precedence: 3 });

    await groups.delete(group.id, changedGroup);
    await clients.delete(client.id, changedClient);
    await pools.delete(pool.id, changedPool);
    const { UserPools } = await cloud.sdk.send(new ListUserPoolsCommand({ MaxResults: 60 }));
    expect(UserPools).to.eql([]);
  });

  it('are not made with anything that is not emulated', async () => {
    const error = await failure(
      handler('userPool:UserPool').create({ lambdaConfig: { preSignUp: HOOK } }, 'pool'),
    );
    expect(error.message).to.contain('LambdaConfig.PreSignUp');
  });
});

describe('federation as resources of the program', () => {
  let cloud: CognitoFixture;
  let handler: (type: string) => ResourceHandler;
  let pool: string;
  before(async () => {
    cloud = await startCognito();
    const handlers = cognitoResources({ cognito: cloud.cognito, deployer: { accessKeyId: 'deployer' } });
    handler = (type) => handlers[`aws:cognito/${type}`]!;
    pool = await cloud.pool();
  });
  after(() => cloud.close());

  const PROVIDER = {
    providerName: 'IdP',
    providerType: 'OIDC',
    providerDetails: {
      client_id: 'pool',
      client_secret: 'hush',
      oidc_issuer: 'https://corp.example',
      authorize_scopes: 'openid',
      attributes_request_method: 'GET',
    },
    attributeMapping: { username: 'sub', email: 'email' },
  };

  it('is made, seen, changed and deleted: a domain, a provider, and what a client may do with them', async () => {
    const [domains, providers, clients] = [
      handler('userPoolDomain:UserPoolDomain'),
      handler('identityProvider:IdentityProvider'),
      handler('userPoolClient:UserPoolClient'),
    ];
    const domainInputs = { domain: 'staff-1', userPoolId: pool };
    const providerInputs = { ...PROVIDER, userPoolId: pool };
    const clientInputs = {
      name: 'staff',
      userPoolId: pool,
      supportedIdentityProviders: ['IdP'],
      allowedOauthFlowsUserPoolClient: true,
      allowedOauthFlows: ['code'],
      allowedOauthScopes: ['openid'],
      callbackUrls: ['https://staff.example/callback'],
    };
    const domain = await domains.create(domainInputs, 'logical');
    const provider = await providers.create(providerInputs, 'logical');
    const client = await clients.create(clientInputs, 'logical');
    expect([domain.id, provider.id]).to.deep.equal(['staff-1', `${pool}:IdP`]);

    expect((await domains.read(domain.id, domainInputs, domain.state))?.inputs).to.deep.equal(domainInputs);
    expect((await providers.read(provider.id, providerInputs, provider.state))?.inputs).to.deep.equal(
      providerInputs,
    );
    expect((await clients.read(client.id, clientInputs, client.state))?.inputs).to.deep.equal(clientInputs);

    const renewed = {
      ...providerInputs,
      providerDetails: { ...PROVIDER.providerDetails, client_secret: 'new' },
    };
    const state = await providers.update(provider.id, renewed, provider.state);
    expect((await providers.read(provider.id, renewed, state))?.inputs).to.deep.equal(renewed);

    await clients.delete(client.id, client.state);
    await providers.delete(provider.id, state);
    await domains.delete(domain.id, domain.state);
    expect(await domains.read(domain.id, domainInputs, domain.state)).to.equal(undefined);
    expect(await providers.read(provider.id, renewed, state)).to.equal(undefined);
  });
});
