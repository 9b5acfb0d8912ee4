import {
  AdminInitiateAuthCommand,
  CognitoIdentityProviderClient,
  type AuthenticationResultType,
} from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { clientSettings } from '../settings.ts';
import { clientOf, poolOf, registryRows } from './registry-rows.ts';

/** The running cloud has no such tenant, or the tenant no such user. */
export class NobodyThere extends Error {
  override readonly name = 'NobodyThere';
}

/**
 * Signs a test user in, as an operator would.
 * @throws NobodyThere naming what there is instead
 */
export async function signIn(
  { endpoint, password }: { readonly endpoint: string; readonly password: string },
  tenant: string,
  user: string,
): Promise<AuthenticationResultType> {
  const dynamodb = new DynamoDBClient(clientSettings(endpoint));
  const cognito = new CognitoIdentityProviderClient(clientSettings(endpoint));
  try {
    const rows = await registryRows(dynamodb);
    const row = rows.find(({ slug }) => slug === tenant);
    if (!row) {
      const there = rows.map(({ slug }) => slug).toSorted();
      throw new NobodyThere(`no tenant '${tenant}' — the running cloud has: ${there.join(', ')}`);
    }
    const { AuthenticationResult } = await cognito.send(
      new AdminInitiateAuthCommand({
        UserPoolId: poolOf(row),
        ClientId: clientOf(row),
        AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: user, PASSWORD: password },
      }),
    );
    if (!AuthenticationResult) throw new Error(`'${user}' of '${tenant}' was asked for more than a password`);
    return AuthenticationResult;
  } catch (error) {
    const unknown =
      error instanceof Error && ['NotAuthorizedException', 'UserNotFoundException'].includes(error.name);
    if (!unknown) throw error;
    throw new NobodyThere(`no test user '${user}' in tenants/${tenant}.ts — add it under users`, {
      cause: error,
    });
  } finally {
    dynamodb.destroy();
    cognito.destroy();
  }
}
