/**
 * Who answers at the gateway. Services always decide by the published policies themselves.
 * - `verified-permissions`: the tenant's policy store, about a principal that was verified here;
 * - `verified-permissions-with-token`: the same, about a token that Verified Permissions verifies once more;
 * - `embedded`: Cedar's engine in the authorizer, by a copy of the policies at most 30 s old;
 * - `claims`: what the token says its holder may do. A change of policies is seen with the next token;
 * - `hybrid`, `hybrid-claims`: `embedded` or `claims`, but the policy store for sensitive operations.
 */
export const DECISION_MODES = [
  'verified-permissions',
  'verified-permissions-with-token',
  'embedded',
  'claims',
  'hybrid',
  'hybrid-claims',
] as const;
export type DecisionMode = (typeof DECISION_MODES)[number];
