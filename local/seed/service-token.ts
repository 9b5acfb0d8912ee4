import {
  type CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { isObject } from '../../authz/item-shape.ts';
import type { RegistryRow } from '../../authz/tables/registry.ts';
import { SignInFailed } from './code-flow.ts';
import { clientOf, poolOf } from './registry-rows.ts';

/** What a service proves itself with, and where. */
export interface ServiceCredentials {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** As an operator would look them up, who hands them over. */
export async function serviceCredentials(
  endpoint: string,
  cognito: CognitoIdentityProviderClient,
  row: RegistryRow,
): Promise<ServiceCredentials> {
  const [UserPoolId, ClientId] = [poolOf(row), clientOf(row)];
  const [{ UserPool }, { UserPoolClient }] = await Promise.all([
    cognito.send(new DescribeUserPoolCommand({ UserPoolId })),
    cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId })),
  ]);
  return {
    tokenUrl: `${endpoint}/${UserPool?.Domain}/oauth2/token`,
    clientId: ClientId,
    clientSecret: UserPoolClient?.ClientSecret ?? '',
  };
}

/**
 * Asks for an access token, as the service itself does.
 * @param scope absent: all that the service may have
 * @throws SignInFailed in the words of the token endpoint
 */
export async function serviceToken(
  { tokenUrl, clientId, clientSecret }: ServiceCredentials,
  scope?: string,
): Promise<string> {
  const response = await fetch(tokenUrl, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
    },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      ...(scope !== undefined && { scope }),
    }),
  });
  const body: unknown = await response.json();
  const { access_token: token, error, error_description: why } = isObject(body) ? body : {};
  if (typeof token === 'string') return token;
  const said = [why, error].find((one) => typeof one === 'string');
  throw new SignInFailed(said ?? `the token endpoint answered ${response.status}`);
}
