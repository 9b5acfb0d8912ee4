import type { ValueType } from '../../cedar/model.ts';
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

const text: ValueType = { kind: 'String' };
/** Principal attributes that the platform itself sets, where an API document has them: of these types. */
export const SERVICE_ATTRIBUTES: Readonly<Record<string, ValueType>> = {
  serviceId: text,
  tier: text,
  rateLimit: { kind: 'Long' },
  scopes: { kind: 'Set', of: text },
};
