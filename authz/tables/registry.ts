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
export type ClientIdClaim = 'client_id' | 'azp' | 'cid' | 'aud';

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
  /** The claim that names the client. Cognito: `client_id`, of ID tokens `aud`. */
  readonly clientIdClaim: ClientIdClaim;
  /** Only for issuers other than Cognito. Absent: where their discovery documents say. */
  readonly jwksUri?: string;
  /** What `aud` has to name beside the client. Only for issuers other than Cognito, whose access tokens have none. */
  readonly audience?: string;
  /** Only for issuers other than Cognito: the claim that names a principal's groups. Absent: it is in none. */
  readonly groupsClaim?: string;
  /** Only for issuers other than Cognito: the groups that count, which are the tenant's own. */
  readonly groups?: readonly string[];
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

/** Stands in the place of a row for any client of an issuer that several tenants share: there can be none. */
export interface SharedRow {
  /** `iss#<issuer>` */
  readonly pk: string;
  readonly sk: '*';
  readonly shared: true;
}

/** The tenant is suspended. No Pulumi resource: an update would delete what the program does not know. */
export interface SuspensionRow {
  /** `status#<slug>` */
  readonly pk: string;
  readonly sk: 'status';
  /** ISO 8601. */
  readonly since: string;
  readonly by: string;
}

/** A stage of a gateway. Those of REST and HTTP APIs remember decisions, which a suspension makes them forget. */
export interface StageRow {
  readonly pk: 'stages';
  /** `<api id>/<stage>` */
  readonly sk: string;
  readonly protocol: 'rest' | 'http' | 'websocket';
  readonly apiId: string;
  readonly stageName: string;
  /** How long it may reuse a decision, and its authorizer a row of this table. */
  readonly gatewayTtlSeconds: number;
  readonly registryStalenessSeconds: number;
}

export const registryKey = {
  client: (issuer: string, clientId: string) => ({ pk: `iss#${issuer}`, sk: `client#${clientId}` }),
  anyClient: (issuer: string) => ({ pk: `iss#${issuer}`, sk: '*' as const }),
  /** A row here suspends the tenant. Written by `tenant suspend` and `resume` only. */
  suspension: (slug: string) => ({ pk: `status#${slug}`, sk: 'status' as const }),
  stage: (apiId: string, stageName: string) => ({ pk: 'stages' as const, sk: `${apiId}/${stageName}` }),
};
