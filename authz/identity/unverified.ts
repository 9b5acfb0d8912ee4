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

/** Beyond what an issuer chooses: key ids are compared, kept and looked for. */
const MAX_KEY_ID_CHARACTERS = 512;

/**
 * Which registry row a token is for. What the token itself demands of its verification is refused before anybody
 * follows it: the only algorithm is RS256 (no `none`, nothing keyed with a public key), the only keys are the issuer's.
 */
export function readUnverified(token: string): Unverified | Refusal {
  const decomposed = decompose(token);
  if (!decomposed) return refuse('TOKEN_MALFORMED');
  const { header, payload } = decomposed;
  if (!isPlain(header)) return refuse('TOKEN_INVALID');
  if (![payload.exp, payload.nbf, payload.iat].every(isTime)) return refuse('TOKEN_MALFORMED');
  const { iss } = payload;
  const clientId = clientOf(payload);
  if (!iss || !clientId || !fits(iss, MAX_ISSUER_BYTES) || !fits(clientId, MAX_CLIENT_BYTES))
    return refuse('TOKEN_MALFORMED');
  return { ok: true, issuer: iss, clientId };
}

/**
 * Members that change what a signature covers or bring the key for it along: `crit` and `b64` (RFC 7515 section 4.1.11,
 * RFC 7797), `zip` (RFC 7516), and keys or where to find them (RFC 8725, section 3.10).
 */
const REFUSED_MEMBERS = ['crit', 'b64', 'zip', 'jku', 'jwk', 'x5u', 'x5c'];

/** Other types of signed tokens, as for logging out, are no grant of access (RFC 8725, section 3.11). */
const TYPES = ['jwt', 'at+jwt', 'application/at+jwt'];

function isPlain(header: Readonly<Record<string, unknown>>): boolean {
  const { alg, kid, typ } = header;
  if (alg !== 'RS256' || typeof kid !== 'string') return false;
  if (kid === '' || kid.length > MAX_KEY_ID_CHARACTERS) return false;
  if (REFUSED_MEMBERS.some((name) => Object.hasOwn(header, name))) return false;
  return typ === undefined || (typeof typ === 'string' && TYPES.includes(typ.toLowerCase()));
}

/** Seconds that a `Date` can hold (ECMA-262, "Time Values"): the verifier prints others and fails. */
const isTime = (seconds: number | undefined): boolean =>
  seconds === undefined || Math.abs(seconds) <= 8_640_000_000_000;

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
