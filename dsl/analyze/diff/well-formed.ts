import { type AuthorizationRequest, RequestRefused } from '../../../cedar/engine.ts';
import { type PolicySet, preparePolicySet } from '../../../cedar/policy-set.ts';
import type { Schema } from '../schema.ts';

/** Schemas that the engine has read already. */
const engines = new WeakMap<Schema, PolicySet>();

/** Why no such request can be, in the words of Cedar's engine, which holds it against the schema; undefined if it can. */
export function malformation(request: AuthorizationRequest, schema: Schema): string | undefined {
  const known = engines.get(schema);
  const engine =
    known ?? preparePolicySet({ staticPolicies: {}, templates: {}, templateLinks: [] }, schema.resolved);
  engines.set(schema, engine);
  try {
    engine.authorize(request);
    return undefined;
  } catch (error) {
    if (error instanceof RequestRefused) return error.message;
    throw error;
  }
}
