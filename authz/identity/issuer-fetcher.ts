import { type Fetcher, SimpleFetcher } from 'aws-jwt-verify/https';
import { cognitoOriginOf } from './cognito-issuer.ts';

/** Of the whole answer. Keys are some 2 kB; a sign-in waits for them. */
const FETCH_TIMEOUT_MS = 1_500;

/**
 * Fetches what issuers publish.
 * @param standIn the origin that serves the documents of all issuers in their place, so that a local stand-in can sign
 * tokens that name the real ones: those of Cognito by their paths, any other below `/oidc/<host>`. On AWS it is absent.
 * @throws Error unless it is on this machine: whoever serves the keys can be anybody.
 */
export function issuerFetcher(standIn: string | undefined): Fetcher {
  if (!standIn) return new SimpleFetcher({ defaultRequestOptions: { responseTimeout: FETCH_TIMEOUT_MS } });
  const { protocol, hostname, origin } = new URL(standIn);
  if (protocol !== 'http:' || !['127.0.0.1', 'localhost', '[::1]'].includes(hostname))
    throw new Error('COGNITO_JWKS_ORIGIN must be an http URL of this machine');
  return {
    async fetch(uri) {
      const answer = await fetch(origin + localPath(uri), {
        signal: AbortSignal.timeout(FETCH_TIMEOUT_MS),
        redirect: 'error',
      });
      if (answer.status !== 200) throw new Error(`issuer: status ${answer.status}`);
      return answer.arrayBuffer();
    },
  };
}

function localPath(uri: string): string {
  const cognito = cognitoOriginOf(uri);
  return cognito === undefined ? uri.replace(/^https:\/\//, '/oidc/') : uri.slice(cognito.length);
}
