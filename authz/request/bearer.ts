import { refuse, type Refusal } from '../respond/reasons.ts';

/** API Gateway accepts no more for all headers together (API Gateway quotas, "Total combined size of … headers"). */
const MAX_TOKEN_CHARACTERS = 10_240;

/** Three parts of base64url without padding (RFC 7515, section 7.1). An empty signature is none. */
const COMPACT_JWS = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

/**
 * The token of an Authorization header: `Bearer <token>`, the scheme in any case (RFC 9110, section 11.1).
 * @param values every Authorization header of the request: two of them could be read differently by two readers
 */
export function bearerToken(
  values: readonly string[],
): { readonly ok: true; readonly token: string } | Refusal {
  const [value, ...others] = values;
  if (!value) return refuse('TOKEN_MISSING');
  if (others.length > 0) return refuse('TOKEN_MALFORMED');
  const [, token] = /^bearer +(\S+) *$/i.exec(value) ?? [];
  if (!token || token.length > MAX_TOKEN_CHARACTERS || !COMPACT_JWS.test(token))
    return refuse('TOKEN_MALFORMED');
  return { ok: true, token };
}
