import { isJson } from '../../aws/input.ts';
import type { State } from '../state.ts';
import { issueToMachine, type Tokens } from '../tokens/issue.ts';
import { OAuthError } from './answers.ts';
import type { TokenRequest } from './token.ts';

/** An application that asks for a token of its own gets all scopes that it may have, or those that it names. */
export async function byClientCredentials(
  state: State,
  { pool, client, form }: TokenRequest,
): Promise<Tokens> {
  const { flows, scopes: allowed } = client.settings.oauth;
  if (!flows.includes('client_credentials')) throw new OAuthError('unauthorized_client');
  const asked = (form.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
  // The service has no invalid_scope here (Cognito Developer Guide, "Token endpoint").
  if (asked.some((scope) => !allowed.includes(scope))) throw new OAuthError('invalid_grant');
  const metadata = readMetadata(form.get('aws_client_metadata'));
  return issueToMachine(state, {
    pool,
    client,
    scopes: asked.length > 0 ? asked : allowed,
    ...(metadata && { metadata }),
  });
}

/** Goes to the trigger as it comes: anybody who has the secret can send anything. @throws OAuthError */
function readMetadata(text: string | null): Record<string, string> | undefined {
  if (text === null) return undefined;
  try {
    const given: unknown = JSON.parse(text);
    if (isJson(given))
      return Object.fromEntries(
        Object.entries(given).map(([name, value]) => [
          name,
          typeof value === 'string' ? value : JSON.stringify(value),
        ]),
      );
  } catch {
    // Falls through: no JSON and no object are the same mistake.
  }
  throw new OAuthError('invalid_request', 'aws_client_metadata is not a JSON object');
}
