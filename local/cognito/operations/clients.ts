import { optionalFlag, optionalText, text, textList, type Json } from '../../aws/input.ts';
import { AwsError } from '../../aws/service.ts';
import { checkLists } from '../attributes/client-access.ts';
import { invalidParameter, notFound } from '../errors.ts';
import { oneOf, refuseOthers } from '../fields.ts';
import { newClientId, newClientSecret } from '../identifiers.ts';
import { page } from '../paging.ts';
import { OAUTH_PARAMETERS, oauthToWire, readOAuthSettings } from '../oauth/settings.ts';
import { AUTH_FLOWS, type AuthFlow, type ClientSettings, type PoolClient, type UserPool } from '../pool.ts';
import { findPool, seconds, type State } from '../state.ts';
import { readValidity, validityToWire } from '../tokens/validity.ts';
import type { Operations } from './operations.ts';
import { scopesOf } from './resource-servers.ts';

/** Of a creation and an update alike. */
const SETTINGS = [
  'UserPoolId',
  'ClientName',
  'ExplicitAuthFlows',
  'AccessTokenValidity',
  'IdTokenValidity',
  'RefreshTokenValidity',
  'TokenValidityUnits',
  'PreventUserExistenceErrors',
  'EnableTokenRevocation',
  'ReadAttributes',
  'WriteAttributes',
  ...OAUTH_PARAMETERS,
];
const MAX_NAME = 128;

/** API Reference, CreateUserPoolClient: what holds without `ExplicitAuthFlows`. */
const DEFAULT_FLOWS: readonly AuthFlow[] = [
  'ALLOW_REFRESH_TOKEN_AUTH',
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_CUSTOM_AUTH',
];

/** The applications that may sign users of a pool in. */
export function clientOperations(state: State): Operations {
  return {
    CreateUserPoolClient(input) {
      refuseOthers(input, [...SETTINGS, 'GenerateSecret']);
      const pool = findPool(state, input);
      const secret = optionalFlag(input, 'GenerateSecret') ? newClientSecret() : undefined;
      const settings = readSettings(pool, input, { name: text(input, 'ClientName'), secret });
      const now = state.now();
      const client: PoolClient = {
        id: newClientId(),
        ...(secret !== undefined && { secret }),
        sequence: state.nextSequence(),
        createdAt: now,
        modifiedAt: now,
        settings,
      };
      pool.clients.set(client.id, client);
      return { UserPoolClient: described(pool, client) };
    },
    DescribeUserPoolClient(input) {
      const pool = findPool(state, input);
      return { UserPoolClient: described(pool, findIn(pool, input)) };
    },
    ListUserPoolClients(input) {
      const pool = findPool(state, input);
      const names = { limit: 'MaxResults', token: 'NextToken' };
      const { entries, nextToken } = page(`clients/${pool.id}`, pool.clients.values(), input, names);
      return {
        UserPoolClients: entries.map(({ id, settings }) => ({
          ClientId: id,
          UserPoolId: pool.id,
          ClientName: settings.name,
        })),
        NextToken: nextToken,
      };
    },
    // What a request leaves out gets its default again (API Reference, UpdateUserPoolClient).
    UpdateUserPoolClient(input) {
      refuseOthers(input, [...SETTINGS, 'ClientId']);
      const pool = findPool(state, input);
      const client = findIn(pool, input);
      const name = optionalText(input, 'ClientName') ?? client.settings.name;
      client.settings = readSettings(pool, input, { name, secret: client.secret });
      client.modifiedAt = state.now();
      return { UserPoolClient: described(pool, client) };
    },
    DeleteUserPoolClient(input) {
      const pool = findPool(state, input);
      pool.clients.delete(findIn(pool, input).id);
      return {};
    },
  };
}

function findIn({ clients }: UserPool, input: Json): PoolClient {
  const id = text(input, 'ClientId');
  const client = clients.get(id);
  if (!client) throw notFound(`User pool client ${id} does not exist.`);
  return client;
}

function readSettings(
  pool: UserPool,
  input: Json,
  { name, secret }: { readonly name: string; readonly secret: string | undefined },
): ClientSettings {
  if (!/^[\w\s+=,.@-]+$/.test(name) || name.length > MAX_NAME) throw invalidParameter('Invalid ClientName');
  const flows = textList(input, 'ExplicitAuthFlows').flatMap(
    (flow) => oneOf(flow, AUTH_FLOWS, 'ExplicitAuthFlows') ?? [],
  );
  const existence = optionalText(input, 'PreventUserExistenceErrors');
  const settings: ClientSettings = {
    name,
    flows: flows.length > 0 ? flows : DEFAULT_FLOWS,
    validity: readValidity(input),
    hidesUnknownUsers: oneOf(existence, ['LEGACY', 'ENABLED'], 'PreventUserExistenceErrors') === 'ENABLED',
    revokesTokens: optionalFlag(input, 'EnableTokenRevocation') ?? true,
    oauth: readOAuthSettings(input, { providers: pool.identityProviders, scopes: scopesOf(pool) }),
    ...(input['ReadAttributes'] !== undefined && { readAttributes: textList(input, 'ReadAttributes') }),
    ...(input['WriteAttributes'] !== undefined && { writeAttributes: textList(input, 'WriteAttributes') }),
  };
  checkLists(pool, settings);
  if (secret === undefined && settings.oauth.flows.includes('client_credentials'))
    throw new AwsError(
      'InvalidOAuthFlowException',
      'client_credentials flow can not be selected if client does not have a client secret.',
    );
  return settings;
}

const described = (pool: UserPool, { id, secret, createdAt, modifiedAt, settings }: PoolClient): Json => ({
  UserPoolId: pool.id,
  ClientId: id,
  ClientName: settings.name,
  ClientSecret: secret,
  CreationDate: seconds(createdAt),
  LastModifiedDate: seconds(modifiedAt),
  ExplicitAuthFlows: settings.flows,
  ...validityToWire(settings.validity),
  PreventUserExistenceErrors: settings.hidesUnknownUsers ? 'ENABLED' : 'LEGACY',
  EnableTokenRevocation: settings.revokesTokens,
  ReadAttributes: settings.readAttributes,
  WriteAttributes: settings.writeAttributes,
  ...oauthToWire(settings.oauth),
});
