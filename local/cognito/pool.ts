import type { AttributeSchema } from './attributes/schema.ts';
import type { OAuthSettings } from './oauth/settings.ts';
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
  /** Where its users may sign in instead, by name. */
  readonly identityProviders: Map<string, IdentityProvider>;
  /** What its tokens may be meant for, by identifier. */
  readonly resourceServers: Map<string, ResourceServer>;
  /** Prefix of the host that serves its sign-in pages. */
  domain?: string;
  modifiedAt: number;
  settings: PoolSettings;
}

export interface ClientSettings {
  readonly name: string;
  readonly flows: readonly AuthFlow[];
  readonly validity: Validity;
  readonly hidesUnknownUsers: boolean;
  readonly revokesTokens: boolean;
  readonly oauth: OAuthSettings;
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
  password: { readonly hash: PasswordHash; readonly kind: 'permanent' } | TemporaryPassword | Elsewhere;
}

/** Signs in at an identity provider alone. */
interface Elsewhere {
  readonly kind: 'external';
}

/** An OpenID Connect provider that users of a pool sign in at. */
export interface IdentityProvider {
  readonly name: string;
  readonly sequence: number;
  readonly createdAt: number;
  readonly modifiedAt: number;
  /** Without a slash at its end. */
  readonly issuer: string;
  /** What the pool is to the provider. */
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scopes: string;
  readonly attributesRequestMethod: string;
  /** Attribute of the pool -> claim of the provider. */
  readonly attributeMapping: Readonly<Record<string, string>>;
}

/** An API that tokens are meant for, and what they may be limited to there. */
export interface ResourceServer {
  readonly identifier: string;
  readonly sequence: number;
  readonly name: string;
  /** Name -> description. */
  readonly scopes: ReadonlyMap<string, string>;
}

interface TemporaryPassword {
  readonly hash: PasswordHash;
  readonly kind: 'temporary';
  readonly until: number;
}

/** As the service's API calls it. */
export function statusOf({ password }: Pick<User, 'password'>): string {
  if (password.kind === 'external') return 'EXTERNAL_PROVIDER';
  return password.kind === 'permanent' ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD';
}
