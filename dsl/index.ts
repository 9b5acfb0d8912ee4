/**
 * What tenant files import: the language bound to the vocabulary that `npm run schema` wrote. Runs without Node, since
 * tenant files are evaluated in a context that has only what the language gives.
 */
import model from './generated/model.json' with { type: 'json' };
import { op, type Schema } from './generated/schema.ts';
import { createDsl } from './policy/dsl.ts';
import type {
  CustomerAppDefinition,
  Extension,
  GuardrailPolicies,
  SaasTenantDefinition,
} from './policy/types.ts';
import { type GuardrailsFile, type TenantFile, tenantKinds } from './tenants/define.ts';

export type { Policy } from './policy/types.ts';
export { op };

export const { permit, forbid, entity, group, link, set, ip, decimal, datetime, duration } =
  createDsl<Schema>(model, op);

type Added = Extension<Schema['entityName']>;
/** One type for all tenants that add no attributes, so that they share every other type too. */
type Nothing = Schema['extension'];

const kinds = tenantKinds(model, op);

/**
 * A customer company with a user pool and a policy store of its own.
 *
 * `policies` receives the language as this tenant speaks it, with its own groups and attributes; policies written
 * with this module's `permit` and `forbid` are accepted beside them.
 */
export const saasTenant: <G extends string = never, const X extends Added = Nothing>(
  definition: SaasTenantDefinition<Schema, Schema<X>, X, G>,
) => TenantFile = kinds.saasTenant;

/** An application whose users sign in to a pool of its own, and which may reach rows of the tenants that it names. */
export const customerApp: <G extends string = never, const X extends Added = Nothing>(
  definition: CustomerAppDefinition<Schema, Schema<X>, X, G>,
) => TenantFile = kinds.customerApp;

/** Policies that every tenant gets and none can drop. Their ids begin with `guardrail-`. */
export const guardrails: (policies: GuardrailPolicies<Schema>) => GuardrailsFile = kinds.guardrails;

/** Attributes for several tenants, declared once: as cheap for the compiler as one tenant. */
export const extension = <const X extends Added>(attributes: X): X => attributes;
