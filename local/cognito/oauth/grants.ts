import type { IdentityProvider, PoolClient, User, UserPool } from '../pool.ts';
import { oneTime, type OneTime } from './one-time.ts';

/** What an application asked for, and where the answer goes. */
export interface SignInRequest {
  readonly pool: UserPool;
  readonly client: PoolClient;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly state?: string;
  readonly nonce?: string;
  /** Of PKCE, by SHA-256 (RFC 7636). */
  readonly challenge?: string;
}

/** A request while its user is at the identity provider. */
export interface SignInElsewhere {
  readonly request: SignInRequest;
  readonly provider: IdentityProvider;
  /** What the provider has to put into its ID token. */
  readonly nonce: string;
  /** A cookie that only the browser has which began. */
  readonly cookie: string;
}

/** A user who has signed in, for the application to fetch the tokens of. */
export interface Authorized {
  readonly request: SignInRequest;
  readonly user: User;
}

export interface Grants {
  readonly elsewhere: OneTime<SignInElsewhere>;
  /** Authorization codes. */
  readonly codes: OneTime<Authorized>;
}

/** Cognito Developer Guide, "Authorize endpoint" and "Token endpoint": 5 minutes each. */
const LIFETIME_MS = 5 * 60_000;

export const createGrants = (now: () => number): Grants => ({
  elsewhere: oneTime(LIFETIME_MS, now),
  codes: oneTime(LIFETIME_MS, now),
});
