import { type Fetcher, SimpleFetcher } from 'aws-jwt-verify/https';
import { type JwksCache, SimpleJwksCache } from 'aws-jwt-verify/jwk';
import { cognitoOriginOf } from './cognito-issuer.ts';

/** Of the whole answer. Keys are some 2 kB; a sign-in waits for them. */
const FETCH_TIMEOUT_MS = 1_500;

/**
 * The signing keys of issuers, cached by key id; an unknown key id fetches once, then at most every 10 s.
 * @param cognitoOrigin replaces the origin of Cognito's own key URLs, so that a local stand-in can sign tokens that
 * name the real issuer. On AWS it is absent.
 * @throws Error unless it is on this machine: whoever serves the keys can be anybody.
 */
export function createKeys(cognitoOrigin: string | undefined): JwksCache {
  return new SimpleJwksCache({ fetcher: cognitoOrigin ? localFetcher(cognitoOrigin) : new SimpleFetcher() });
}

function localFetcher(override: string): Fetcher {
  const { protocol, hostname, origin } = new URL(override);
  if (protocol !== 'http:' || !['127.0.0.1', 'localhost', '[::1]'].includes(hostname))
    throw new Error('COGNITO_JWKS_ORIGIN must be an http URL of this machine');
  const remote = new SimpleFetcher();
  return {
    async fetch(uri, ...rest) {
      const cognito = cognitoOriginOf(uri);
      if (cognito === undefined) return remote.fetch(uri, ...rest);
      const answer = await fetch(origin + uri.slice(cognito.length), {
        signal: AbortSignal.timeout(FETCH_TIMEOUT_MS),
        redirect: 'error',
      });
      if (answer.status !== 200) throw new Error(`keys: status ${answer.status}`);
      return answer.arrayBuffer();
    },
  };
}
