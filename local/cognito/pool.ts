import type { AttributeSchema } from './attributes/schema.ts';
import type { PasswordHash } from './passwords/hash.ts';
import type { PasswordPolicy } from './passwords/policy.ts';
import type { Validity } from './tokens/validity.ts';

export type TriggerVersion = 'V1_0' | 'V2_0' | 'V3_0';

export interface PoolSettings {
  readonly name: string;
  readonly tier: 'LITE' | 'ESSENTIALS' | 'PLUS';
  readonly deletionProtection: 'ACTIVE' | 'INACTIVE';
  readonly adminCreateUserOnly: boolean;
  readonly passwordPolicy: PasswordPolicy;
  readonly preTokenTrigger?: { readonly arn: string; readonly version: TriggerVersion };
  /** Ways to recover an account. Nothing here recovers one: they are kept to be told. */
  readonly recovery?: object;
  readonly tags: Readonly<Record<string, string>>;
}

export interface UserPool {
  readonly id: string;
  readonly arn: string;
  /** Place in listings. */
  readonly sequence: number;
  /** Epoch milliseconds, as all times here. */
  readonly createdAt: number;
  readonly caseSensitive: boolean;
  /** By name: `email`, `custom:tenant_id`. */
  readonly attributes: ReadonlyMap<string, AttributeSchema>;
  readonly clients: Map<string, PoolClient>;
  readonly groups: Map<string, Group>;
  /** By `userKey`. */
  readonly users: Map<string, User>;
  modifiedAt: number;
  settings: PoolSettings;
}

export interface ClientSettings {
  readonly name: string;
  readonly flows: readonly AuthFlow[];
  readonly validity: Validity;
  readonly hidesUnknownUsers: boolean;
  readonly revokesTokens: boolean;
  /** Absent: the standard attributes. */
  readonly readAttributes?: readonly string[];
  readonly writeAttributes?: readonly string[];
}

export const AUTH_FLOWS = [
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  'ALLOW_CUSTOM_AUTH',
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
  'ALLOW_USER_AUTH',
] as const;
export type AuthFlow = (typeof AUTH_FLOWS)[number];

export interface PoolClient {
  readonly id: string;
  readonly secret?: string;
  readonly sequence: number;
  readonly createdAt: number;
  modifiedAt: number;
  settings: ClientSettings;
}

export interface Group {
  readonly name: string;
  readonly sequence: number;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly description?: string;
  /** The lower, the more it weighs. */
  readonly precedence?: number;
}

export interface User {
  readonly username: string;
  readonly sub: string;
  readonly sequence: number;
  readonly createdAt: number;
  readonly groups: Set<string>;
  modifiedAt: number;
  /** Without `sub`. */
  attributes: ReadonlyMap<string, string>;
  enabled: boolean;
  password: { readonly hash: PasswordHash; readonly kind: 'permanent' } | TemporaryPassword;
}

interface TemporaryPassword {
  readonly hash: PasswordHash;
  readonly kind: 'temporary';
  readonly until: number;
}
