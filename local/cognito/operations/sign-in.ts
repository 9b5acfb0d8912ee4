import { optionalJson, optionalText, text, type Json } from '../../aws/input.ts';
import { AwsError } from '../../aws/service.ts';
import { invalidParameter, notAuthorized, notFound } from '../errors.ts';
import { isPassword } from '../passwords/hash.ts';
import { checkSecretHash } from '../passwords/secret-hash.ts';
import type { AuthFlow, PoolClient, User, UserPool } from '../pool.ts';
import { findClient, findPool, lookUpUser, type State } from '../state.ts';
import { checkUsable, findSession } from '../refresh.ts';
import { OWN_SCOPES } from '../tokens/claims.ts';
import { openSession, continueSession, type SignIn } from '../tokens/issue.ts';
import type { Operations } from './operations.ts';

interface Place {
  readonly pool: UserPool;
  readonly client: PoolClient;
}

const BY_API: SignIn = { source: 'TokenGeneration_Authentication', scopes: OWN_SCOPES };

/** Sign-ins by password and their continuation. Other ways, such as SRP, are not spoken here. */
export function signInOperations(state: State): Operations {
  return {
    InitiateAuth(input) {
      const place = findClient(state, input);
      switch (text(input, 'AuthFlow')) {
        case 'USER_PASSWORD_AUTH':
          return byPassword(state, place, 'ALLOW_USER_PASSWORD_AUTH', input);
        case 'REFRESH_TOKEN_AUTH':
        case 'REFRESH_TOKEN':
          return byRefreshToken(state, place, input);
        default:
          throw unsupported(input);
      }
    },
    AdminInitiateAuth(input) {
      const pool = findPool(state, input);
      const place = findClient(state, input);
      if (place.pool !== pool) throw notFound(`User pool client ${place.client.id} does not exist.`);
      switch (text(input, 'AuthFlow')) {
        case 'ADMIN_USER_PASSWORD_AUTH':
        case 'ADMIN_NO_SRP_AUTH':
          return byPassword(state, place, 'ALLOW_ADMIN_USER_PASSWORD_AUTH', input);
        case 'REFRESH_TOKEN_AUTH':
        case 'REFRESH_TOKEN':
          return byRefreshToken(state, place, input);
        default:
          throw unsupported(input);
      }
    },
    SignUp(input) {
      const { pool } = findClient(state, input);
      throw pool.settings.adminCreateUserOnly
        ? notAuthorized('SignUp is not permitted for this user pool')
        : new AwsError('UnknownOperationException', 'The embedded cloud does not know SignUp');
    },
  };
}

const unsupported = (input: Json): AwsError =>
  invalidParameter(`The embedded cloud does not sign in by ${text(input, 'AuthFlow')}`);

function checkFlow({ settings }: PoolClient, flow: AuthFlow): void {
  if (!settings.flows.includes(flow))
    throw invalidParameter(`${flow.replace('ALLOW_', '')} flow not enabled for this client`);
}

async function byPassword(
  state: State,
  { pool, client }: Place,
  flow: AuthFlow,
  input: Json,
): Promise<object> {
  checkFlow(client, flow);
  const parameters = optionalJson(input, 'AuthParameters') ?? {};
  const username = optionalText(parameters, 'USERNAME');
  if (username === undefined) throw invalidParameter('Missing required parameter USERNAME');
  const password = optionalText(parameters, 'PASSWORD');
  if (password === undefined) throw invalidParameter('Missing required parameter PASSWORD');
  checkSecretHash(client, username, optionalText(parameters, 'SECRET_HASH'));
  const user = lookUpUser(pool, username);
  if (!user && !client.settings.hidesUnknownUsers)
    throw new AwsError('UserNotFoundException', 'User does not exist.');
  if (!user || user.password.kind === 'external' || !(await isPassword(user.password.hash, password)))
    throw notAuthorized('Incorrect username or password.');
  if (!user.enabled) throw notAuthorized('User is disabled.');
  if (user.password.kind === 'temporary') return newPasswordRequired(user, user.password.until, state.now());
  return signedIn(await openSession(state, { pool, client, user }, BY_API));
}

const signedIn = (AuthenticationResult: object): object => ({
  AuthenticationResult,
  ChallengeParameters: {},
});

/** A temporary password only leads to a permanent one. */
function newPasswordRequired(user: User, until: number, now: number): object {
  if (until <= now)
    throw notAuthorized('Temporary password has expired and must be reset by an administrator.');
  return {
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    ChallengeParameters: {
      USER_ID_FOR_SRP: user.username,
      requiredAttributes: '[]',
      userAttributes: JSON.stringify(Object.fromEntries(user.attributes)),
    },
  };
}

async function byRefreshToken(state: State, { pool, client }: Place, input: Json): Promise<object> {
  checkFlow(client, 'ALLOW_REFRESH_TOKEN_AUTH');
  const parameters = optionalJson(input, 'AuthParameters') ?? {};
  const session = findSession(state, { pool, client }, text(parameters, 'REFRESH_TOKEN'));
  checkSecretHash(client, session.user.username, optionalText(parameters, 'SECRET_HASH'));
  checkUsable(session, state.now());
  return signedIn(await continueSession(state, session));
}
