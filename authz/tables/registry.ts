import type { ValueType } from '../../cedar/model.ts';

/** The registry: issuer (and client) -> tenant. The authorizer trusts nothing else. */

export type TenantKind = 'customerApp' | 'workforceApp' | 'serviceClient' | 'saasTenant';
/** Who answers at the gateway. `hybrid…`: as its name says, but sensitive operations are asked of Verified Permissions. */
export const DECISION_MODES = [
  'verified-permissions',
  'verified-permissions-with-token',
  'embedded',
  'claims',
  'hybrid',
  'hybrid-claims',
] as const;
export type DecisionMode = (typeof DECISION_MODES)[number];
/** Modes in which tokens carry what their holders may do. */
export const carriesPermissions = (mode: DecisionMode): boolean =>
  mode === 'claims' || mode === 'hybrid-claims';
export type TokenUse = 'access' | 'id';

/** Attributes that only one tenant has: entity type -> attribute -> type. Types are unqualified. */
export type TenantAttributes = Readonly<
  Record<string, Readonly<Record<string, { readonly type: ValueType; readonly required: boolean }>>>
>;

export interface RegistryRow {
  /** `iss#<issuer>` */
  readonly pk: string;
  /** `client#<client id>`, or `*` for any client of an issuer that is not shared. */
  readonly sk: string;
  readonly slug: string;
  readonly kind: TenantKind;
  readonly policyStoreId: string;
  readonly gatewayPolicyStoreId: string;
  readonly tokenUse: TokenUse;
  /** Accepted values of the client id claim (Cognito: the pool's clients). */
  readonly audiences: readonly string[];
  readonly clientIdClaim: 'client_id' | 'aud';
  /** Only for issuers other than Cognito. */
  readonly jwksUri?: string;
  /** Unqualified: `User`. */
  readonly principalType: string;
  /** Verified claim -> principal attribute. */
  readonly claimMap: Readonly<Record<string, string>>;
  /** What the tenant adds to the API's vocabulary. The backend phase alone knows it; absent: nothing. */
  readonly attributes?: TenantAttributes;
  readonly decisionMode: DecisionMode;
  /** Whose rows the tenant's principals may reach. For a `saasTenant` only itself. */
  readonly dataTenants: readonly string[];
  /** Seconds a verified token's cryptographic result may be reused. */
  readonly tokenTtlSeconds: number;
  /** The API key whose usage plan throttles the tenant on REST APIs, which answer 403 where none is named. */
  readonly usageKey?: string;
}

export const registryKey = {
  client: (issuer: string, clientId: string) => ({ pk: `iss#${issuer}`, sk: `client#${clientId}` }),
  anyClient: (issuer: string) => ({ pk: `iss#${issuer}`, sk: '*' }),
  /** A row here suspends the tenant. Written by `tenant suspend` and `resume` only. */
  suspension: (slug: string) => ({ pk: `status#${slug}`, sk: 'status' }),
};
