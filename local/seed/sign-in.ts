import {
  AdminInitiateAuthCommand,
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { isObject } from '../../authz/item-shape.ts';
import type { RegistryRow } from '../../authz/tables/registry.ts';
import { APPLICATION_CALLBACK, ISSUERS_PATH } from '../oidc/issuers.ts';
import { clientSettings } from '../settings.ts';
import { LoginRefused, signInByCode, type CodeFlow } from './code-flow.ts';
import { clientOf, issuerOf, poolOf, registryRows } from './registry-rows.ts';
import { serviceCredentials, serviceToken } from './service-token.ts';

/** The running cloud has no such tenant, or the tenant no such user. */
export class NobodyThere extends Error {
  override readonly name = 'NobodyThere';
}

/** What somebody has after signing in. An issuer that is no user pool may have no ID token to give. */
export interface SignedIn extends Tokens {
  /** The one that the tenant's APIs accept. */
  readonly grant: string | undefined;
}

interface Tokens {
  readonly AccessToken?: string | undefined;
  readonly IdToken?: string | undefined;
  readonly RefreshToken?: string | undefined;
}

interface Running {
  readonly endpoint: string;
  /** Of all test users. */
  readonly password: string;
}

/**
 * Signs a test user in: by password as an operator would, or by browser where the tenant's people sign in elsewhere. A
 * service signs in as itself.
 * @param user of the tenant; none of a service
 * @throws NobodyThere naming what there is instead
 */
export async function signIn(running: Running, tenant: string, user?: string): Promise<SignedIn> {
  const dynamodb = new DynamoDBClient(clientSettings(running.endpoint));
  const cognito = new CognitoIdentityProviderClient(clientSettings(running.endpoint));
  try {
    const rows = await registryRows(dynamodb);
    const row = rows.find(({ slug }) => slug === tenant);
    if (!row) {
      const there = [...new Set(rows.map(({ slug }) => slug))].toSorted();
      throw new NobodyThere(`no tenant '${tenant}' — the running cloud has: ${there.join(', ')}`);
    }
    if (row.kind === 'serviceClient') {
      if (user !== undefined)
        throw new NobodyThere(`'${tenant}' is a service, which has no users — leave '${user}' out`);
      const token = await serviceToken(await serviceCredentials(running.endpoint, cognito, row));
      return { AccessToken: token, grant: token };
    }
    if (user === undefined)
      throw new NobodyThere(`'${tenant}' has users — name one of those in tenants/${tenant}.ts`);
    const person = { name: user, password: running.password };
    const pool = poolOf(row);
    const flow =
      pool === undefined
        ? await atIssuer(running.endpoint, row)
        : await atPages(running.endpoint, cognito, pool, clientOf(row));
    const tokens = flow ? await byCode(flow, person) : await byPassword(cognito, pool, row, person);
    return { ...tokens, grant: row.tokenUse === 'id' ? tokens.IdToken : tokens.AccessToken };
  } catch (error) {
    const unknown =
      error instanceof Error &&
      (error instanceof LoginRefused ||
        ['NotAuthorizedException', 'UserNotFoundException'].includes(error.name));
    if (!unknown) throw error;
    throw new NobodyThere(`no test user '${user}' in tenants/${tenant}.ts — add it under users`, {
      cause: error,
    });
  } finally {
    dynamodb.destroy();
    cognito.destroy();
  }
}

interface Person {
  readonly name: string;
  readonly password: string;
}

async function byPassword(
  cognito: CognitoIdentityProviderClient,
  UserPoolId: string | undefined,
  row: RegistryRow,
  { name, password }: Person,
): Promise<Tokens> {
  const { AuthenticationResult } = await cognito.send(
    new AdminInitiateAuthCommand({
      UserPoolId,
      ClientId: clientOf(row),
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: name, PASSWORD: password },
    }),
  );
  if (!AuthenticationResult) throw new Error(`'${name}' of '${row.slug}' was asked for more than a password`);
  return AuthenticationResult;
}

async function byCode(flow: CodeFlow, person: Person): Promise<Tokens> {
  const tokens = await signInByCode(flow, person);
  return {
    AccessToken: tokens.access_token,
    IdToken: tokens.id_token,
    RefreshToken: tokens.refresh_token,
  };
}

/** The sign-in pages of a federated pool; undefined for a pool whose users have passwords. */
async function atPages(
  endpoint: string,
  cognito: CognitoIdentityProviderClient,
  UserPoolId: string,
  ClientId: string,
): Promise<CodeFlow | undefined> {
  const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
  const { UserPoolClient } = await cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
  const [redirectUri] = UserPoolClient?.CallbackURLs ?? [];
  if (UserPool?.Domain === undefined || redirectUri === undefined) return undefined;
  const pages = `${endpoint}/${UserPool.Domain}/oauth2`;
  return {
    authorizeUrl: `${pages}/authorize`,
    tokenUrl: `${pages}/token`,
    clientId: ClientId,
    redirectUri,
    scope: UserPoolClient?.AllowedOAuthScopes?.join(' ') ?? 'openid',
  };
}

async function atIssuer(endpoint: string, row: RegistryRow): Promise<CodeFlow> {
  const addresses: unknown = await (await fetch(endpoint + ISSUERS_PATH)).json();
  const url = isObject(addresses) ? addresses[issuerOf(row)] : undefined;
  if (typeof url !== 'string') throw new Error(`nobody stands in for ${issuerOf(row)}`);
  return {
    authorizeUrl: `${url}/auth`,
    tokenUrl: `${url}/token`,
    clientId: clientOf(row),
    redirectUri: APPLICATION_CALLBACK,
    scope: 'openid',
  };
}
