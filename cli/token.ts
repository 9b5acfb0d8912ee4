import {
  AdminInitiateAuthCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { clientOf, poolOf, registryRows } from '../local/seed/registry-rows.ts';
import { clientSettings } from '../local/settings.ts';
import { Expected } from './fail.ts';
import { readRunning } from './running.ts';

/**
 * Signs a test user in, as an operator would, and returns the access token.
 * @throws Expected when no cloud runs, or it knows no such tenant or user
 */
export async function token(root: string, tenant: string, user: string): Promise<string> {
  const running = await readRunning(root);
  if (!running) throw new Expected('no embedded cloud is running here — start one with: npm start');
  const dynamodb = new DynamoDBClient(clientSettings(running.endpoint));
  const rows = await registryRows(dynamodb);
  dynamodb.destroy();
  const row = rows.find(({ slug }) => slug === tenant);
  if (!row) {
    throw new Expected(
      `no tenant '${tenant}' — the running cloud has: ${rows
        .map(({ slug }) => slug)
        .toSorted()
        .join(', ')}`,
    );
  }
  const cognito = new CognitoIdentityProviderClient(clientSettings(running.endpoint));
  try {
    const { AuthenticationResult } = await cognito.send(
      new AdminInitiateAuthCommand({
        UserPoolId: poolOf(row),
        ClientId: clientOf(row),
        AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: user, PASSWORD: running.password },
      }),
    );
    if (!AuthenticationResult?.AccessToken)
      throw new Expected(`'${user}' of '${tenant}' was asked for more than a password`);
    return AuthenticationResult.AccessToken;
  } catch (error) {
    const refused =
      error instanceof Error && ['NotAuthorizedException', 'UserNotFoundException'].includes(error.name);
    if (refused) throw new Expected(`no test user '${user}' in tenants/${tenant}.ts — add it under users`);
    throw error;
  } finally {
    cognito.destroy();
  }
}
