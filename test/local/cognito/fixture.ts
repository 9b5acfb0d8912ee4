import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateGroupCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  InitiateAuthCommand,
  type AuthenticationResultType,
  type CreateUserPoolClientCommandInput,
  type CreateUserPoolCommandInput,
  type UserPoolClientType,
} from '@aws-sdk/client-cognito-identity-provider';
import { PASSWORD, serveIdentity, type ServedServices, type ServeOptions } from '../serve-identity.ts';

export { PASSWORD };
export const WEB_FLOWS = ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] as const;

export interface CognitoFixture extends ServedServices {
  readonly sdk: CognitoIdentityProviderClient;
  /** @returns the pool's id */
  pool(settings?: Partial<CreateUserPoolCommandInput>): Promise<string>;
  /** A client that users of a pool may sign in to by password. */
  app(UserPoolId: string, settings?: Partial<CreateUserPoolClientCommandInput>): Promise<UserPoolClientType>;
  group(UserPoolId: string, GroupName: string, Precedence?: number): Promise<void>;
  /** A user with a permanent password. @returns its `sub` */
  user(
    UserPoolId: string,
    Username: string,
    options?: { attributes?: Record<string, string>; groups?: readonly string[] },
  ): Promise<string>;
  signIn(
    ClientId: string | undefined,
    username: string,
    password?: string,
  ): Promise<{ readonly AccessToken: string; readonly IdToken: string; readonly RefreshToken: string }>;
  refresh(ClientId: string | undefined, token: string): Promise<AuthenticationResultType>;
}

export async function startCognito(options: ServeOptions = {}): Promise<CognitoFixture> {
  const cloud = await serveIdentity(options);
  const sdk = new CognitoIdentityProviderClient(cloud.client());
  return {
    ...cloud,
    sdk,
    async close() {
      sdk.destroy();
      await cloud.close();
    },
    async pool(settings = {}) {
      const { UserPool } = await sdk.send(new CreateUserPoolCommand({ PoolName: 'pool', ...settings }));
      return UserPool?.Id ?? '';
    },
    async app(UserPoolId, settings = {}) {
      const { UserPoolClient = {} } = await sdk.send(
        new CreateUserPoolClientCommand({
          UserPoolId,
          ClientName: 'app',
          ExplicitAuthFlows: [...WEB_FLOWS],
          ...settings,
        }),
      );
      return UserPoolClient;
    },
    async group(UserPoolId, GroupName, Precedence) {
      await sdk.send(new CreateGroupCommand({ UserPoolId, GroupName, Precedence }));
    },
    async user(UserPoolId, Username, { attributes = {}, groups = [] } = {}) {
      const UserAttributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
      const { User } = await sdk.send(
        new AdminCreateUserCommand({ UserPoolId, Username, UserAttributes, MessageAction: 'SUPPRESS' }),
      );
      const Password = PASSWORD;
      await sdk.send(new AdminSetUserPasswordCommand({ UserPoolId, Username, Password, Permanent: true }));
      for (const GroupName of groups)
        await sdk.send(new AdminAddUserToGroupCommand({ UserPoolId, Username, GroupName }));
      return User?.Attributes?.find(({ Name }) => Name === 'sub')?.Value ?? '';
    },
    async signIn(ClientId, username, password = PASSWORD) {
      const AuthParameters = { USERNAME: username, PASSWORD: password };
      const { AuthenticationResult = {} } = await sdk.send(
        new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }),
      );
      const { AccessToken = '', IdToken = '', RefreshToken = '' } = AuthenticationResult;
      return { AccessToken, IdToken, RefreshToken };
    },
    async refresh(ClientId, token) {
      const AuthParameters = { REFRESH_TOKEN: token };
      const { AuthenticationResult = {} } = await sdk.send(
        new InitiateAuthCommand({ ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters }),
      );
      return AuthenticationResult;
    },
  };
}
