import { CognitoJwtVerifier } from 'aws-jwt-verify/cognito-verifier';
import {
  CognitoJwtInvalidTokenUseError,
  JwkInvalidKtyError,
  JwkInvalidUseError,
  JwtExpiredError,
  JwtInvalidIssuerError,
  JwtInvalidSignatureAlgorithmError,
  JwtInvalidSignatureError,
  JwtNotBeforeError,
  JwtParseError,
  KidNotFoundInJwksError,
  WaitPeriodNotYetEndedJwkError,
} from 'aws-jwt-verify/error';
import { JwtVerifier } from 'aws-jwt-verify/jwt-verifier';
import { LRUCache } from 'lru-cache';
import { refuse, type Refusal, type TokenReason } from '../respond/reasons.ts';
import { userPoolOf } from './cognito-issuer.ts';
import type { Keys } from './keys.ts';
import { IdentityUnavailable } from './unavailable.ts';

export type Claims = Readonly<Record<string, unknown>>;

/** Where an issuer's tokens are verified: the issuer of a registry row, never one that only a token names. */
export interface TrustedIssuer {
  readonly issuer: string;
  readonly jwksUri?: string;
}

export type Verify = (
  token: string,
  trusted: TrustedIssuer,
) => Promise<{ readonly ok: true; readonly claims: Claims } | Refusal>;

const ISSUERS = 1_000;

/**
 * Verifies signature, issuer and times. Client and token use are left to the caller, which checks them on every
 * request, whether the cryptographic result came from a cache or not.
 * The function throws IdentityUnavailable when keys cannot be had: that says nothing about the token.
 */
export function createVerify(keys: Keys): Verify {
  const verifiers = new LRUCache<string, (token: string) => Promise<Claims>>({ max: ISSUERS });

  return async (token, trusted) => {
    const jwksUri = await keysUri(trusted, keys);
    const key = JSON.stringify([trusted.issuer, jwksUri]);
    const verifier = verifiers.get(key) ?? verifierOf(trusted.issuer, jwksUri, keys);
    verifiers.set(key, verifier);
    try {
      const claims = await verifier(token);
      // aws-jwt-verify lets a token without `exp` live for ever.
      return typeof claims['exp'] === 'number' ? { ok: true, claims } : refuse('TOKEN_INVALID');
    } catch (error) {
      const reason = REFUSALS.find(([type]) => error instanceof type)?.[1];
      if (reason) return refuse(reason);
      throw new IdentityUnavailable('keys', error);
    }
  };
}

/** Undefined for Cognito, whose verifier knows. @throws IdentityUnavailable */
async function keysUri({ issuer, jwksUri }: TrustedIssuer, { discover }: Keys): Promise<string | undefined> {
  if (jwksUri !== undefined || userPoolOf(issuer) !== undefined) return jwksUri;
  try {
    return await discover(issuer);
  } catch (error) {
    throw new IdentityUnavailable('keys', error);
  }
}

function verifierOf(issuer: string, jwksUri: string | undefined, { cache: jwksCache }: Keys) {
  if (jwksUri === undefined) {
    const userPoolId = userPoolOf(issuer) ?? '';
    const verifier = CognitoJwtVerifier.create({ userPoolId, clientId: null, tokenUse: null }, { jwksCache });
    return (token: string): Promise<Claims> => verifier.verify(token);
  }
  const verifier = JwtVerifier.create({ issuer, jwksUri, audience: null }, { jwksCache });
  return (token: string): Promise<Claims> => verifier.verify(token);
}

/** Errors that are the token's own fault. Any other is about the keys, or unforeseen: no verdict on the token. */
const REFUSALS: readonly (readonly [type: new (...args: never[]) => Error, reason: TokenReason])[] = [
  [JwtExpiredError, 'TOKEN_EXPIRED'],
  [JwtNotBeforeError, 'TOKEN_NOT_YET_VALID'],
  [JwtParseError, 'TOKEN_MALFORMED'],
  [CognitoJwtInvalidTokenUseError, 'TOKEN_WRONG_USE'],
  [JwtInvalidSignatureError, 'TOKEN_INVALID'],
  [JwtInvalidSignatureAlgorithmError, 'TOKEN_INVALID'],
  [JwtInvalidIssuerError, 'TOKEN_INVALID'],
  [JwkInvalidUseError, 'TOKEN_INVALID'],
  [JwkInvalidKtyError, 'TOKEN_INVALID'],
  [KidNotFoundInJwksError, 'TOKEN_INVALID'],
  // Thrown only within 10 s after the keys were fetched for another unknown key id: this one was not among them.
  [WaitPeriodNotYetEndedJwkError, 'TOKEN_INVALID'],
];
