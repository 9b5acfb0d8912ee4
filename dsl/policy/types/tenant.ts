import type { DecisionMode, TokenUse } from '../../tenants/tenant.ts';
import type { Bool } from './bool.ts';
import type { Dsl } from './dsl.ts';
import type { NameIn, ValueIn } from './entity.ts';
import type { Expr } from './expression.ts';
import type { Checked } from './extension.ts';
import type { Federation, OidcIssuer } from './identity.ts';
import type { Long } from './long.ts';
import type { Policy } from './policy.ts';
import type { RecordOps } from './record.ts';
import type { SchemaShape } from './schema.ts';
import type { SetOf } from './set.ts';

/** Set by the pipeline alone, so a test user cannot have them. */
type Reserved = 'tenant' | 'kind' | 'suspended';
/** As a claim carries it: an entity by its id, extension types as text. */
type PlainValue<E> =
  E extends SetOf<infer M>
    ? readonly PlainValue<M>[]
    : E extends Long
      ? number
      : E extends Bool
        ? boolean
        : E extends RecordOps<infer U>
          ? PlainRecord<U>
          : string;
type PlainRecord<U> = {
  readonly [K in keyof U as U[K] extends Expr<'Optional'> ? never : K]: PlainValue<U[K]>;
} & {
  readonly [K in keyof U as U[K] extends Expr<'Optional'> ? K : never]?: PlainValue<ValueIn<U, K>>;
};
type Principals<S extends SchemaShape> = S['entities'][S['principalName']];

/** What an identity may say of people. */
export type IdentityAttribute<S extends SchemaShape> = Exclude<NameIn<Principals<S>>, Reserved>;

/** A person of local runs; never deployed. */
export interface TestUserDefinition<in out S extends SchemaShape, in out G> {
  readonly groups?: readonly (S['groupName'] | G)[];
  readonly attributes?: {
    readonly [K in Exclude<NameIn<Principals<S>>, Reserved>]?: PlainValue<ValueIn<Principals<S>, K>>;
  };
}

/** S: the API's schema. Extended: the schema with X. Without `NoInfer` a foreign policy in the list would define X. */
export interface TenantBase<
  in out S extends SchemaShape,
  in out Extended extends SchemaShape,
  in out X,
  in out G extends string,
> {
  /** The tenant's permanent id, equal to the file's name. */
  readonly slug: string;
  /** Groups that only this tenant has. */
  readonly groups?: readonly G[];
  /**
   * Attributes that only this tenant has: `{ User: { costCenter: 'String' } }`. A principal's are looked up with its
   * others at sign-in and stand in its token as `ext_costCenter`; a resource's come from the service. The gateway
   * knows neither, so they decide in the service.
   */
  readonly attributes?: X & Checked<S, X>;
  readonly policies: (dsl: Dsl<Extended, G>) => readonly Policy<NoInfer<X>>[];
  readonly users?: { readonly [name: string]: TestUserDefinition<Extended, NoInfer<G>> };
  /** Which token is an authorization grant. Default: `access`. */
  readonly tokenUse?: TokenUse;
  /**
   * Who answers at the gateway. Default: `verified-permissions`, the tenant's policy store. `embedded`: the authorizer
   * itself; `claims`: the token; `hybrid` and `hybrid-claims`: the same, but the store for sensitive operations.
   */
  readonly decisionMode?: DecisionMode;
  /** Seconds a verified token's cryptographic result may be reused. Default: 300. */
  readonly tokenTtlSeconds?: number;
}

/** A customer company with a user pool and a policy store of its own. It reaches its own rows only. */
export interface SaasTenantDefinition<
  in out S extends SchemaShape,
  in out Extended extends SchemaShape,
  in out X,
  in out G extends string,
> extends TenantBase<S, Extended, X, G> {
  /** An issuer of the tenant's own, in place of a user pool. */
  readonly identity?: OidcIssuer<IdentityAttribute<S>>;
}

/** An application whose users sign in to a pool of its own. */
export interface CustomerAppDefinition<
  in out S extends SchemaShape,
  in out Extended extends SchemaShape,
  in out X,
  in out G extends string,
> extends TenantBase<S, Extended, X, G> {
  /** Slugs of the tenants whose rows it may reach. Default: its own. */
  readonly dataTenants?: readonly [string, ...string[]];
  /** An issuer that its users have accounts with, in place of a user pool. */
  readonly identity?: OidcIssuer<IdentityAttribute<S>>;
}

/** An application whose users are the company's own people, and sign in where they always do. */
export interface WorkforceAppDefinition<
  in out S extends SchemaShape,
  in out Extended extends SchemaShape,
  in out X,
  in out G extends string,
> extends TenantBase<S, Extended, X, G> {
  /** The company's identity provider: behind a user pool, or with tokens that come to the API as they are. */
  readonly identity: Federation | OidcIssuer<IdentityAttribute<S>>;
  /** Slugs of the tenants whose rows it may reach. Default: its own. */
  readonly dataTenants?: readonly [string, ...string[]];
}

/** What the platform says of a service by itself; see `Service` in dsl/tenants/service.ts. */
type OfService = 'serviceId' | 'tier' | 'rateLimit' | 'scopes';

/** Another system. There is one principal: no groups of its own, no test users, no ID tokens. */
export interface ServiceClientDefinition<
  in out S extends SchemaShape,
  in out Extended extends SchemaShape,
  in out X,
> extends Omit<TenantBase<S, Extended, X, never>, 'groups' | 'users' | 'tokenUse' | 'decisionMode'> {
  /**
   * The usage plan that it counts in: a key of `cedarwright:usagePlans`. Also the attribute `tier` of its principal,
   * with the plan's rate as `rateLimit`, where the API document has attributes of these names. Default: `default`.
   */
  readonly tier?: string;
  /**
   * Action groups that its tokens may be limited to: scopes of OAuth. Those of a token are the attribute `scopes` of
   * its principal, where the API document has one. Default: none.
   */
  readonly scopes?: readonly S['actionGroupName'][];
  /** Who the service is to policies. Deployed, unlike test users: as its row of the subjects table. */
  readonly client?: {
    readonly groups?: readonly S['groupName'][];
    readonly attributes?: {
      readonly [K in Exclude<NameIn<Principals<Extended>>, Reserved | OfService>]?: PlainValue<
        ValueIn<Principals<Extended>, K>
      >;
    };
  };
  /** Who answers at the gateway. Default: `verified-permissions`. */
  readonly decisionMode?: Exclude<DecisionMode, 'verified-permissions-with-token'>;
  /** Slugs of the tenants whose rows it may reach. Default: its own. */
  readonly dataTenants?: readonly [string, ...string[]];
}

/** The tenant that guardrails are being made for. */
export interface GuardedTenant {
  readonly slug: string;
  readonly kind: string;
  /** Whose rows its principals may reach. Never empty. */
  readonly dataTenants: readonly [string, ...string[]];
}

/** Policies that every tenant gets. They speak the API's own vocabulary: a tenant's groups and attributes are unknown. */
export type GuardrailPolicies<S extends SchemaShape> = (
  dsl: Dsl<S> & GuardedTenant,
) => readonly Policy<S['extension']>[];
