import { createHash } from 'node:crypto';
import { newRefreshToken } from './identifiers.ts';
import type { PoolClient, User, UserPool } from './pool.ts';
import type { Origin } from './tokens/claims.ts';

/** A sign-in that can be continued with a refresh token. */
export interface Session {
  readonly pool: UserPool;
  readonly client: PoolClient;
  readonly user: User;
  readonly origin: Origin;
  /** Epoch milliseconds. */
  readonly until: number;
  revoked: boolean;
}

export interface Sessions {
  /** @returns the refresh token */
  open(session: Omit<Session, 'revoked'>): string;
  find(refreshToken: string): Session | undefined;
  revokeAll(user: User): void;
  /** Whether the sign-in with this `origin_jti` was revoked. */
  isRevoked(originJti: string): boolean;
  /** Forgets what has expired. */
  prune(now: number): void;
}

export function createSessions(): Sessions {
  // By hash, so that a dump of memory holds no usable token.
  const sessions = new Map<string, Session>();
  return {
    open(session) {
      const token = newRefreshToken();
      sessions.set(hash(token), { ...session, revoked: false });
      return token;
    },
    find: (token) => sessions.get(hash(token)),
    revokeAll(user) {
      for (const session of sessions.values()) if (session.user === user) session.revoked = true;
    },
    isRevoked: (originJti) =>
      [...sessions.values()].some(({ origin, revoked }) => revoked && origin.jti === originJti),
    prune(now) {
      for (const [key, { until }] of sessions) if (until <= now) sessions.delete(key);
    },
  };
}

const hash = (token: string): string => createHash('sha256').update(token).digest('base64');
