import {
  JwkInvalidKtyError,
  JwkInvalidUseError,
  JwtExpiredError,
  JwtInvalidIssuerError,
  JwtInvalidSignatureAlgorithmError,
  JwtInvalidSignatureError,
  JwtNotBeforeError,
  JwtParseError,
  KidNotFoundInJwksError,
} from 'aws-jwt-verify/error';
import { verifyJwt } from 'aws-jwt-verify/jwt-verifier';
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

/**
 * Verifies signature, issuer and times. Client and token use are left to the caller, which checks them on every
 * request, whether the cryptographic result came from a cache or not.
 * The function throws IdentityUnavailable when keys cannot be had: that says nothing about the token.
 *
 * Not by the library's verifier objects: they keep an issuer's public keys by key id for as long as they live, so that
 * a key which took another's id would never count.
 */
export function createVerify(keys: Keys): Verify {
  return async (token, trusted) => {
    const { issuer } = trusted;
    try {
      const uri = await keysUri(trusted, keys);
      const claims: Claims = await verifyJwt(token, uri, { issuer, audience: null }, (_, jwt) =>
        keys.cache.getJwk(uri, jwt),
      );
      // aws-jwt-verify lets a token without `exp` live for ever.
      return typeof claims['exp'] === 'number' ? { ok: true, claims } : refuse('TOKEN_INVALID');
    } catch (error) {
      const reason = REFUSALS.find(([type]) => error instanceof type)?.[1];
      if (reason) return refuse(reason);
      throw new IdentityUnavailable('keys', error);
    }
  };
}

/** Cognito Developer Guide, "Verifying JSON web tokens"; every other issuer says in its discovery document. */
const keysUri = async ({ issuer, jwksUri }: TrustedIssuer, { discover }: Keys): Promise<string> =>
  jwksUri ?? (userPoolOf(issuer) === undefined ? await discover(issuer) : `${issuer}/.well-known/jwks.json`);

/** Errors that are the token's own fault. Any other is about the keys, or unforeseen: no verdict on the token. */
const REFUSALS: readonly (readonly [type: new (...args: never[]) => Error, reason: TokenReason])[] = [
  [JwtExpiredError, 'TOKEN_EXPIRED'],
  [JwtNotBeforeError, 'TOKEN_NOT_YET_VALID'],
  [JwtParseError, 'TOKEN_MALFORMED'],
  [JwtInvalidSignatureError, 'TOKEN_INVALID'],
  [JwtInvalidSignatureAlgorithmError, 'TOKEN_INVALID'],
  [JwtInvalidIssuerError, 'TOKEN_INVALID'],
  [JwkInvalidUseError, 'TOKEN_INVALID'],
  [JwkInvalidKtyError, 'TOKEN_INVALID'],
  [KidNotFoundInJwksError, 'TOKEN_INVALID'],
];
