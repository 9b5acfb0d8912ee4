import { decomposeUnverifiedJwt } from 'aws-jwt-verify/jwt';
import { refuse, type Refusal } from '../respond/reasons.ts';

/** What a token says of itself, believed by nobody: it picks the registry row that the token must then satisfy. */
export interface Unverified {
  readonly ok: true;
  readonly issuer: string;
  readonly clientId: string;
}

/** DynamoDB ends partition keys at 2,048 bytes and sort keys at 1,024; more would look like an outage. */
const MAX_ISSUER_BYTES = 1_024;
const MAX_CLIENT_BYTES = 512;

/** Which registry row a token is for. The only algorithm is RS256: no `none`, nothing keyed with a public key. */
export function readUnverified(token: string): Unverified | Refusal {
  const decomposed = decompose(token);
  if (!decomposed) return refuse('TOKEN_MALFORMED');
  const { header, payload } = decomposed;
  if (header.alg !== 'RS256' || !header.kid) return refuse('TOKEN_INVALID');
  const { iss } = payload;
  const clientId = clientOf(payload);
  if (!iss || !clientId || !fits(iss, MAX_ISSUER_BYTES) || !fits(clientId, MAX_CLIENT_BYTES))
    return refuse('TOKEN_MALFORMED');
  return { ok: true, issuer: iss, clientId };
}

/**
 * Access tokens name their client in `client_id` (Cognito, RFC 9068), `azp` or `cid`; ID tokens have it as their one
 * audience.
 */
export function clientOf(claims: Readonly<Record<string, unknown>>): string | undefined {
  const named = [claims['client_id'], claims['azp'], claims['cid']].find((client) => client !== undefined);
  if (named !== undefined) return typeof named === 'string' ? named : undefined;
  const audiences = audiencesOf(claims);
  return audiences.length === 1 ? audiences[0] : undefined;
}

/** None where one of them is no text. */
export function audiencesOf({ aud }: Readonly<Record<string, unknown>>): readonly string[] {
  const audiences: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  return audiences.every((audience) => typeof audience === 'string') ? audiences : [];
}

const fits = (text: string, bytes: number): boolean => Buffer.byteLength(text) <= bytes;

function decompose(token: string) {
  try {
    return decomposeUnverifiedJwt(token);
  } catch {
    return undefined;
  }
}
