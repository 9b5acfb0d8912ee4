import { refuse, type Refusal } from '../respond/reasons.ts';

/** API Gateway accepts no more for all headers together (API Gateway quotas, "Total combined size of … headers"). */
const MAX_TOKEN_CHARACTERS = 10_240;

/** Three parts of base64url without padding (RFC 7515, section 7.1). An empty signature is none. */
const COMPACT_JWS = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

export type Bearer = { readonly ok: true; readonly token: string } | Refusal;

/**
 * The token of an Authorization header: `Bearer <token>`, the scheme in any case (RFC 9110, section 11.1).
 * @param values every Authorization header of the request: two of them could be read differently by two readers
 */
export function bearerToken(values: readonly string[]): Bearer {
  const [value, ...others] = values;
  if (!value) return refuse('TOKEN_MISSING');
  if (others.length > 0) return refuse('TOKEN_MALFORMED');
  const [, token = ''] = /^bearer +(\S+) *$/i.exec(value) ?? [];
  return compact(token);
}

/** Beside which a browser may send a token, and which is what a server answers with: never the token. */
export const BEARER_SUBPROTOCOL = 'cedarwright.bearer';

/**
 * The token with which a WebSocket is opened. Browsers cannot set headers there, but they can name subprotocols:
 * `new WebSocket(url, ['cedarwright.bearer', token])`. Never the query string: URLs are written to logs and histories.
 * @param authorization every Authorization header
 * @param subprotocols every Sec-WebSocket-Protocol header
 */
export function connectToken(authorization: readonly string[], subprotocols: readonly string[]): Bearer {
  if (subprotocols.length === 0) return bearerToken(authorization);
  // Of two tokens, one would be judged and the other perhaps used.
  if (authorization.length > 0) return refuse('TOKEN_MALFORMED');
  const [scheme, token = '', ...others] = subprotocols.join(',').split(',');
  if (scheme?.trim() !== BEARER_SUBPROTOCOL) return refuse('TOKEN_MISSING');
  return others.length > 0 ? refuse('TOKEN_MALFORMED') : compact(token.trim());
}

const compact = (token: string): Bearer =>
  token.length <= MAX_TOKEN_CHARACTERS && COMPACT_JWS.test(token)
    ? { ok: true, token }
    : refuse('TOKEN_MALFORMED');
