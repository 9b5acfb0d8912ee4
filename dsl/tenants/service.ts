import type { TestUserValue } from './tenant.ts';

/** Another system, as the platform knows it. */
export interface Service {
  /** The usage plan that it counts in. */
  readonly tier: string;
  /** Action groups that its tokens may be limited to. */
  readonly scopes: readonly string[];
  /** Common groups. */
  readonly groups: readonly string[];
  /** Principal attributes, as the subjects table holds them. */
  readonly attributes: Readonly<Record<string, TestUserValue>>;
}

/** The plan of whoever has no other. */
export const DEFAULT_TIER = 'default';
/** Names of usage plans. */
export const TIER = /^[a-z][a-z0-9-]{0,30}$/;

/** Principal attributes that the platform itself sets, where an API document has them. */
export const SERVICE_ATTRIBUTES = ['serviceId', 'tier', 'rateLimit', 'scopes'] as const;
