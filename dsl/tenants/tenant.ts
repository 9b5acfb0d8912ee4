import type { Policy, Site } from '../../cedar/ast.ts';
import type { ValueType } from '../../cedar/model.ts';
import type { DecisionMode } from './decision-mode.ts';
import type { Identity } from './identity.ts';
import type { Service } from './service.ts';

export type TenantKind = 'customerApp' | 'workforceApp' | 'serviceClient' | 'saasTenant';
export type TokenUse = 'access' | 'id';
export type { DecisionMode };

/** A value as a claim can carry it: an entity by its id, extension types as text. */
export type TestUserValue =
  | string
  | number
  | boolean
  | readonly TestUserValue[]
  | { readonly [name: string]: TestUserValue };

/** A person of local runs; never deployed. */
export interface TestUser {
  readonly groups?: readonly string[];
  /** Principal attributes, as the subjects table would hold them. */
  readonly attributes?: Readonly<Record<string, TestUserValue>>;
}

/** Attributes that a tenant adds to entity types of the API: entity type -> attribute -> type. */
export type SchemaExtension = Readonly<
  Record<string, Readonly<Record<string, { readonly type: ValueType; readonly required: boolean }>>>
>;

/** What a tenant file says, as plain data: what the sandbox hands back. */
export interface TenantDefinition {
  readonly kind: TenantKind;
  readonly slug: string;
  readonly groups: readonly string[];
  readonly attributes: SchemaExtension;
  readonly policies: readonly Policy[];
  readonly users: Readonly<Record<string, TestUser>>;
  readonly tokenUse: TokenUse;
  readonly decisionMode: DecisionMode;
  /** Seconds a verified token's cryptographic result may be reused. */
  readonly tokenTtlSeconds: number;
  readonly dataTenants: readonly string[];
  /** Absent: the people of a user pool of its own. */
  readonly identity?: Identity;
  /** Of a serviceClient, and of no other kind. */
  readonly service?: Service;
}

/** A policy ready to be stored: its text and the hashes that identify it. */
export interface CompiledPolicy {
  readonly id: string;
  readonly effect: 'permit' | 'forbid';
  readonly guardrail: boolean;
  /** Cedar text. Principal and group ids carry the slug as prefix. */
  readonly statement: string;
  /** 64 hex digits. */
  readonly sha256: string;
  /** 16 hex digits, of effect and scope. */
  readonly scopeHash: string;
  readonly policy: Policy;
  readonly site: Site;
}

/** A Cedar schema as Verified Permissions takes it. */
export interface StoreSchema {
  /** Canonical JSON text with one namespace. */
  readonly cedarJson: string;
  readonly sha256: string;
}

/** A tenant whose file, types, policies and limits are all in order. */
export interface Tenant extends Omit<TenantDefinition, 'policies'> {
  /** Relative to the project: `tenants/acme.ts`. */
  readonly file: string;
  /** Its own and the guardrails of its kind. */
  readonly policies: readonly CompiledPolicy[];
  /** Ids of guardrails that this tenant's schema makes impossible to violate: a store would refuse them. */
  readonly enforcedBySchema: readonly string[];
  readonly schema: StoreSchema;
  /** Has only facts known at the gateway, in the form in which its store is asked. */
  readonly gatewaySchema: StoreSchema;
}
