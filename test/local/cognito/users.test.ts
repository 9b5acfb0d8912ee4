import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  DeleteGroupCommand,
  GetGroupCommand,
  ListGroupsCommand,
  ListUsersCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect } from 'chai';
import { failure } from '../failure.ts';
import { PASSWORD, startCognito, type CognitoFixture } from './fixture.ts';

describe('users and groups of a pool', () => {
  let cloud: CognitoFixture;
  let UserPoolId: string;
  beforeEach(async () => {
    cloud = await startCognito();
    UserPoolId = await cloud.pool({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      Schema: [
        {
          Name: 'tenant_id',
          AttributeDataType: 'String',
          Mutable: false,
          StringAttributeConstraints: { MinLength: '2', MaxLength: '8' },
        },
      ],
    });
  });
  afterEach(() => cloud.close());

  const get = (Username: string) => cloud.sdk.send(new AdminGetUserCommand({ UserPoolId, Username }));
  const update = (Name: string, Value: string) =>
    cloud.sdk.send(
      new AdminUpdateUserAttributesCommand({
        UserPoolId,
        Username: 'alice',
        UserAttributes: [{ Name, Value }],
      }),
    );

  it('are found by name and by sub, with their attributes', async () => {
    const sub = await cloud.user(UserPoolId, 'alice', { attributes: { email: 'a@acme.example' } });
    const user = await get('alice');
    expect(user).to.include({ Username: 'alice', Enabled: true, UserStatus: 'CONFIRMED' });
    expect(user.UserAttributes).to.eql([
      { Name: 'sub', Value: sub },
      { Name: 'email', Value: 'a@acme.example' },
    ]);
    expect((await get(sub)).Username).to.equal('alice');
    expect((await failure(get('bob'))).name).to.equal('UserNotFoundException');
  });

  it('are made once, by administrators only, and without invitations', async () => {
    const { ClientId } = await cloud.app(UserPoolId);
    await cloud.user(UserPoolId, 'alice');
    expect((await failure(cloud.user(UserPoolId, 'alice'))).name).to.equal('UsernameExistsException');
    const signUp = new SignUpCommand({ ClientId, Username: 'mallory', Password: PASSWORD });
    expect((await failure(cloud.sdk.send(signUp))).name).to.equal('NotAuthorizedException');
    const invite = new AdminCreateUserCommand({ UserPoolId, Username: 'bob' });
    expect((await failure(cloud.sdk.send(invite))).name).to.equal('InvalidParameterException');
  });

  it('tell names apart by case, unless the pool does not', async () => {
    await cloud.user(UserPoolId, 'alice');
    await cloud.user(UserPoolId, 'Alice');
    UserPoolId = await cloud.pool({ UsernameConfiguration: { CaseSensitive: false } });
    await cloud.user(UserPoolId, 'alice');
    expect((await failure(cloud.user(UserPoolId, 'Alice'))).name).to.equal('UsernameExistsException');
    expect((await get('ALICE')).Username).to.equal('alice');
  });

  it('keep an immutable attribute for ever', async () => {
    await cloud.user(UserPoolId, 'alice', {
      attributes: { 'custom:tenant_id': 'acme', email: 'a@x.example' },
    });
    await update('email', 'b@x.example');
    expect((await failure(update('custom:tenant_id', 'globex'))).message).to.contain('cannot be updated');
    expect((await get('alice')).UserAttributes).to.deep.include({ Name: 'custom:tenant_id', Value: 'acme' });
  });

  for (const [what, attributes] of [
    ['an unknown attribute', { 'custom:other': 'x' }],
    ['a value that is too short', { 'custom:tenant_id': 'x' }],
    ['a value that is too long', { 'custom:tenant_id': 'xxxxxxxxx' }],
    ['a flag that is no flag', { email_verified: 'yes' }],
    ['a sub of their own', { sub: '42' }],
  ] as const) {
    it(`are not made with ${what}`, async () => {
      const error = await failure(cloud.user(UserPoolId, 'alice', { attributes }));
      expect(error.name).to.equal('InvalidParameterException');
      expect((await failure(get('alice'))).name).to.equal('UserNotFoundException');
    });
  }

  it('must have passwords that meet the policy', async () => {
    UserPoolId = await cloud.pool({
      Policies: { PasswordPolicy: { MinimumLength: 12, RequireNumbers: true, RequireUppercase: true } },
    });
    await cloud.user(UserPoolId, 'alice');
    const set = (Password: string) =>
      cloud.sdk.send(new AdminSetUserPasswordCommand({ UserPoolId, Username: 'alice', Password }));
    for (const password of ['Short-1', 'no-upper-case-1', 'No-number-in-it']) {
      expect((await failure(set(password))).name, password).to.equal('InvalidPasswordException');
    }
    await set('Long-enough-1');
  });

  it('are searched, in pages', async () => {
    for (const name of ['alice', 'alina', 'bob']) await cloud.user(UserPoolId, name);
    const list = async (options: object) => cloud.sdk.send(new ListUsersCommand({ UserPoolId, ...options }));
    const names = async (options: object) => (await list(options)).Users?.map(({ Username }) => Username);
    expect(await names({ Filter: 'username ^= "ali"' })).to.eql(['alice', 'alina']);
    expect(await names({ Filter: 'username = "bob"' })).to.eql(['bob']);
    const { PaginationToken } = await list({ Limit: 2 });
    expect(await names({ Limit: 2, PaginationToken })).to.eql(['bob']);
    for (const Filter of ['custom:tenant_id = "acme"', 'username'])
      expect((await failure(list({ Filter }))).name).to.equal('InvalidParameterException');
  });

  it('are in groups, until either is gone', async () => {
    await cloud.group(UserPoolId, 'viewers');
    await cloud.group(UserPoolId, 'admins');
    expect((await failure(cloud.group(UserPoolId, 'admins'))).name).to.equal('GroupExistsException');
    await cloud.user(UserPoolId, 'alice', { groups: ['viewers', 'admins'] });
    const groups = async () =>
      (
        await cloud.sdk.send(new AdminListGroupsForUserCommand({ UserPoolId, Username: 'alice' }))
      ).Groups?.map(({ GroupName }) => GroupName);
    expect(await groups()).to.have.members(['admins', 'viewers']);
    await cloud.sdk.send(
      new AdminRemoveUserFromGroupCommand({ UserPoolId, Username: 'alice', GroupName: 'viewers' }),
    );
    expect(await groups()).to.eql(['admins']);

    await cloud.sdk.send(new DeleteGroupCommand({ UserPoolId, GroupName: 'admins' }));
    await cloud.group(UserPoolId, 'admins');
    expect(await groups(), 'a new group of an old name has nobody in it').to.eql([]);
    const { Groups } = await cloud.sdk.send(new ListGroupsCommand({ UserPoolId }));
    expect(Groups?.map(({ GroupName }) => GroupName)).to.eql(['viewers', 'admins']);
    const missing = { UserPoolId, GroupName: 'missing' };
    expect((await failure(cloud.sdk.send(new GetGroupCommand(missing)))).name).to.equal(
      'ResourceNotFoundException',
    );
    const add = new AdminAddUserToGroupCommand({ ...missing, Username: 'alice' });
    expect((await failure(cloud.sdk.send(add))).name).to.equal('ResourceNotFoundException');
  });

  it('are gone once deleted', async () => {
    await cloud.user(UserPoolId, 'alice');
    await cloud.sdk.send(new AdminDeleteUserCommand({ UserPoolId, Username: 'alice' }));
    expect((await failure(get('alice'))).name).to.equal('UserNotFoundException');
  });
});
