/**
 * What a revoked user keeps at most, because offline verification cannot see a revocation, and what a change of a
 * service's attributes takes at most to be seen.
 */
export const ACCESS_TOKEN_MINUTES = 15;
