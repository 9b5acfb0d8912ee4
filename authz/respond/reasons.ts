/** Every reason for which a request is refused: a closed list, so that logs, metrics and clients can rely on it. */

/** The token proves nothing: 401. A better token may be accepted. */
export const TOKEN_REASONS = [
  'TOKEN_MISSING',
  'TOKEN_MALFORMED',
  'TOKEN_INVALID',
  'TOKEN_EXPIRED',
  'TOKEN_NOT_YET_VALID',
  'TOKEN_WRONG_CLIENT',
  'TOKEN_WRONG_AUDIENCE',
  'TOKEN_WRONG_USE',
] as const;

/** The request is understood and refused: 403. */
export const DENY_REASONS = [
  /** No registry row names the token's issuer and client. */
  'ISSUER_UNKNOWN',
  'TENANT_SUSPENDED',
  'TENANT_MISMATCH',
  /** The token lacks a claim that the principal type requires. */
  'CLAIM_MISSING',
  /** A claim is not of the type that the API document gives it. */
  'CLAIM_INVALID',
  /** The gateway's route is no operation of the API document. */
  'ROUTE_UNKNOWN',
  /** The path does not fit the route's template, is another route's to another reader, or would be a wildcard in an IAM policy. */
  'PATH_REFUSED',
  /** The path names no acceptable resource id. */
  'RESOURCE_ID_REFUSED',
  /** A header or query parameter that the operation's policies may read is given more than once. */
  'INPUT_AMBIGUOUS',
  'INPUT_MISSING',
  'INPUT_INVALID',
  /** The operation is not for principals of this type, so that no policy was ever checked for them. */
  'PRINCIPAL_TYPE_REFUSED',
  /** No row of a tenant that the caller may reach has the id: it does not exist, or is somebody else's. */
  'RESOURCE_NOT_VISIBLE',
  /** The service's own data lack an attribute that the API document requires: a forbid on it could not act. */
  'RESOURCE_INCOMPLETE',
  /** The service did not supply a fact that the API document requires of it, or not in its type. */
  'CONTEXT_INCOMPLETE',
  /** The caller reaches several tenants, or none, and nothing in the request says whose rows it would change or see. */
  'TENANT_AMBIGUOUS',
  /** The gateway speaks of a WebSocket that this service did not open, or has ended. */
  'SOCKET_UNKNOWN',
  'POLICY_DENIES',
  /** A policy could not be evaluated: an error in a forbid would otherwise be an allow. */
  'POLICY_ERROR',
] as const;

/** Something that decides could not be asked: 500, never cached. */
export const UNAVAILABLE_REASONS = [
  'REGISTRY_UNAVAILABLE',
  'KEYS_UNAVAILABLE',
  'DECIDER_UNAVAILABLE',
  /** In the backend: the service's own database. */
  'DATABASE_UNAVAILABLE',
  'INTERNAL',
] as const;

export type TokenReason = (typeof TOKEN_REASONS)[number];
export type DenyReason = (typeof DENY_REASONS)[number];
export type UnavailableReason = (typeof UNAVAILABLE_REASONS)[number];
export type Reason = TokenReason | DenyReason | UnavailableReason;

/** A refusal of a step before the decision. */
export interface Refusal {
  readonly ok: false;
  readonly reason: TokenReason | DenyReason;
}

export const refuse = (reason: TokenReason | DenyReason): Refusal => ({ ok: false, reason });

export const isTokenReason = (reason: Reason): reason is TokenReason =>
  (TOKEN_REASONS as readonly Reason[]).includes(reason);
