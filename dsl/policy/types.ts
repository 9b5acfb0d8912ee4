/** All types of the policy language. `npm run schema` writes a vocabulary in their terms. */
export type { ActionEntity } from './types/action.ts';
export type { Bool } from './types/bool.ts';
export type { Builder } from './types/builder.ts';
export type { Datetime, Duration } from './types/datetime.ts';
export type { Decimal } from './types/decimal.ts';
export type { Dsl } from './types/dsl.ts';
export type { Comparable, Entity, EntityOps, EntityRef, NamedEntity, Tagged, Typed } from './types/entity.ts';
export type { PolicyTypeError } from './types/error.ts';
export type { Expr, Present, Value } from './types/expression.ts';
export type { Added, Attribute, AttributeType, Checked, Extension } from './types/extension.ts';
export type { SchemaFamily, SchemaWith } from './types/family.ts';
export type { Ip } from './types/ip.ts';
export type { Federation, FederationDefinition, OidcIssuer, OidcIssuerDefinition } from './types/identity.ts';
export type { SlotValues } from './types/link.ts';
export type { Long } from './types/long.ts';
export type { Optional } from './types/optional.ts';
export type { Clauses, Policy, Slot, Typing } from './types/policy.ts';
export type { Rec, RecordLiteral, RecordOps } from './types/record.ts';
export type { ActionShape, SchemaShape } from './types/schema.ts';
export type { Scope } from './types/scope.ts';
export type { Alternative, Branch, Elements, ElementsIn, Lifted, Like, SetOf } from './types/set.ts';
export type { Str } from './types/string.ts';
export type {
  CustomerAppDefinition,
  GuardedTenant,
  GuardrailPolicies,
  SaasTenantDefinition,
  ServiceClientDefinition,
  TenantBase,
  TestUserDefinition,
  WorkforceAppDefinition,
} from './types/tenant.ts';
