import type { HttpAnswer, HttpCall } from '../../endpoint.ts';
import { ownerOfAccessToken } from '../access-token.ts';
import { mayRead } from '../attributes/client-access.ts';
import { toWire } from '../attributes/values.ts';
import type { UserPool } from '../pool.ts';
import type { State } from '../state.ts';
import { json } from './answers.ts';

/**
 * `/oauth2/userInfo`: what a sign-in's scopes let an application see of its user. Values are text, whatever their type
 * (Cognito Developer Guide, "The user attributes endpoint"). Access tokens of the service's API have no scope `openid`.
 */
export async function userInfo(state: State, pool: UserPool, { headers }: HttpCall): Promise<HttpAnswer> {
  const [, token] = /^Bearer (\S+)$/i.exec(headers.authorization ?? '') ?? [];
  if (token === undefined) return refused(400, 'invalid_request', 'Bad OAuth2 request at UserInfo Endpoint');
  const owner = await ownerOfAccessToken(state, token);
  if (!owner || owner.pool !== pool || !owner.scopes.includes('openid'))
    return refused(401, 'invalid_token', 'Access token is expired, disabled, or deleted');
  const { user, client, scopes } = owner;
  const shown = toWire(user).filter(
    ({ Name }) => Name === 'sub' || (mayRead(client.settings, Name) && isCovered(Name, scopes)),
  );
  const attributes = Object.fromEntries(shown.map(({ Name, Value }) => [Name, Value]));
  return json(200, { ...attributes, username: user.username });
}

const OF_SCOPE: Readonly<Record<string, readonly string[]>> = {
  email: ['email', 'email_verified'],
  phone: ['phone_number', 'phone_number_verified'],
};
const NOT_OF_PROFILE = new Set([...Object.values(OF_SCOPE).flat(), 'address']);

/** `openid` alone stands for every attribute. */
function isCovered(attribute: string, scopes: readonly string[]): boolean {
  const narrowing = scopes.filter((scope) => scope === 'profile' || scope in OF_SCOPE);
  return (
    narrowing.length === 0 ||
    narrowing.some((scope) =>
      scope === 'profile' ? !NOT_OF_PROFILE.has(attribute) : OF_SCOPE[scope]?.includes(attribute),
    )
  );
}

function refused(status: number, error: string, description: string): HttpAnswer {
  const answer = json(status, { error, error_description: description });
  const challenge = `error="${error}", error_description="${description}"`;
  return { ...answer, headers: { ...answer.headers, 'www-authenticate': challenge } };
}
