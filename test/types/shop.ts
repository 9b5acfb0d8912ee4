// What dsl/index.ts is to the real API, for the tests' own one.
import { createDsl } from '../../dsl/policy/dsl.ts';
import type {
  CustomerAppDefinition,
  Extension,
  GuardrailPolicies,
  SaasTenantDefinition,
} from '../../dsl/policy/types.ts';
import { type GuardrailsFile, type TenantFile, tenantKinds } from '../../dsl/tenants/define.ts';
import { model } from './model.ts';
import { op, type Schema } from './schema.ts';

export { model, op };
export type { Schema };

export const shop = createDsl<Schema>(model, op);

type Added = Extension<Schema['entityName']>;
type Nothing = Schema['extension'];
const kinds = tenantKinds(model, op);

export const saasTenant: <G extends string = never, const X extends Added = Nothing>(
  definition: SaasTenantDefinition<Schema, Schema<X>, X, G>,
) => TenantFile = kinds.saasTenant;
export const customerApp: <G extends string = never, const X extends Added = Nothing>(
  definition: CustomerAppDefinition<Schema, Schema<X>, X, G>,
) => TenantFile = kinds.customerApp;
export const guardrails: (policies: GuardrailPolicies<Schema>) => GuardrailsFile = kinds.guardrails;
export const extension = <const X extends Added>(attributes: X): X => attributes;
