import type { Model } from '../../cedar/model.ts';
import { refuse, type Refusal } from '../respond/reasons.ts';
import type { RegistryRow } from '../tables/registry.ts';
import { readSubject, type Subject } from './claims.ts';
import { userPoolOf } from './cognito-issuer.ts';
import type { Registry } from './registry.ts';
import { type TokenCache, tokenKey, type VerifiedToken } from './token-cache.ts';
import { audiencesOf, clientOf, readUnverified, type Unverified } from './unverified.ts';
import type { Claims, Verify } from './verify.ts';

/** Somebody whose token was verified against the registry row of their tenant. */
export interface Identity extends Subject {
  readonly row: RegistryRow;
  /** Epoch milliseconds after which the token proves nothing. */
  readonly expiresAt: number;
}

export interface Identification {
  /** The tenant, as soon as a registry row is found: known for refusals too, and then not proven. */
  readonly slug?: string;
  readonly cacheHits: { readonly registry: boolean; readonly token: boolean };
  readonly result: { readonly ok: true; readonly identity: Identity } | Refusal;
}

export type Identify = (token: string) => Promise<Identification>;

export interface IdentifyOptions {
  readonly model: Model;
  readonly registry: Registry;
  readonly verify: Verify;
  readonly tokens: TokenCache;
  readonly now: () => number;
}

/**
 * Issuer -> registry row -> verified claims -> principal. The issuer and client that an unverified token names pick
 * the row and nothing else; the token must then satisfy that row. What it throws is IdentityUnavailable.
 */
export function createIdentify({ model, registry, verify, tokens, now }: IdentifyOptions): Identify {
  async function verified(
    token: string,
    { issuer, clientId }: Unverified,
    row: RegistryRow,
  ): Promise<{ readonly hit: boolean; readonly result: { ok: true; token: VerifiedToken } | Refusal }> {
    const key = tokenKey(token, issuer, clientId);
    const known = tokens.get(key, row.tokenTtlSeconds);
    if (known) return { hit: true, result: { ok: true, token: known } };
    const verifiedAt = now();
    const result = await verify(token, { issuer, ...(row.jwksUri && { jwksUri: row.jwksUri }) });
    if (!result.ok) return { hit: false, result };
    const { claims } = result;
    const fresh: VerifiedToken = { claims, verifiedAt, expiresAt: Number(claims['exp']) * 1000 };
    tokens.set(key, fresh);
    return { hit: false, result: { ok: true, token: fresh } };
  }

  return async (token) => {
    const miss = { registry: false, token: false };
    const unverified = readUnverified(token);
    if (!unverified.ok) return { cacheHits: miss, result: unverified };
    const { issuer, clientId } = unverified;
    const { registration, hit } = await registry.find(issuer, clientId);
    if (!registration) return { cacheHits: { ...miss, registry: hit }, result: refuse('ISSUER_UNKNOWN') };
    const { row, suspended } = registration;
    const { hit: tokenHit, result } = await verified(token, unverified, row);
    const known = { slug: row.slug, cacheHits: { registry: hit, token: tokenHit } };
    if (!result.ok) return { ...known, result };
    const { claims, expiresAt } = result.token;
    const refusal = unacceptable(claims, issuer, row);
    if (refusal) return { ...known, result: refusal };
    if (suspended) return { ...known, result: refuse('TENANT_SUSPENDED') };
    const read = readSubject(claims, issuer, row, model);
    return {
      ...known,
      result: read.ok ? { ok: true, identity: { ...read.subject, row, expiresAt } } : read,
    };
  };
}

/** What the row demands of a token beyond its signature: asked on every request, because rows change. */
function unacceptable(claims: Claims, issuer: string, row: RegistryRow): Refusal | undefined {
  const client = row.clientIdClaim === 'aud' ? clientOf({ aud: claims['aud'] }) : claims[row.clientIdClaim];
  const expected = row.sk === '*' ? row.audiences : row.audiences.filter((id) => row.sk === `client#${id}`);
  if (typeof client !== 'string' || !expected.includes(client)) return refuse('TOKEN_WRONG_CLIENT');
  // A token that the same issuer issued to the same client may be for another API.
  if (row.audience !== undefined && !audiencesOf(claims).includes(row.audience))
    return refuse('TOKEN_WRONG_AUDIENCE');
  // Only Cognito says which of its tokens this is; for other issuers the client claim has to tell them apart.
  const use = claims['token_use'];
  const named = userPoolOf(issuer) !== undefined || use !== undefined;
  return named && use !== row.tokenUse ? refuse('TOKEN_WRONG_USE') : undefined;
}
