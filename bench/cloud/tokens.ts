import {
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
  type AuthenticationResultType,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import pLimit from 'p-limit';
import { clientSettings } from '../../local/settings.ts';

/** At once: more would only wait for each other. */
const PARALLEL = 4;

/**
 * Many access tokens of one user, no two alike. Signing in would cost a slow password hash each time; refreshing does
 * not.
 */
export async function freshTokens(
  endpoint: string,
  { AccessToken = '', RefreshToken = '' }: AuthenticationResultType,
  count: number,
): Promise<readonly string[]> {
  const cognito = new CognitoIdentityProviderClient(clientSettings(endpoint));
  const command = new InitiateAuthCommand({
    AuthFlow: 'REFRESH_TOKEN_AUTH',
    ClientId: String(decodeJwt(AccessToken)['client_id']),
    AuthParameters: { REFRESH_TOKEN: RefreshToken },
  });
  try {
    return await pLimit(PARALLEL).map(Array.from({ length: count }), async () => {
      const { AuthenticationResult } = await cognito.send(command);
      return AuthenticationResult?.AccessToken ?? '';
    });
  } finally {
    cognito.destroy();
  }
}
