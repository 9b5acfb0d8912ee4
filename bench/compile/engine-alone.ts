import { gatewayFacts } from '../../cedar/gateway-facts.ts';
import type { Model } from '../../cedar/model.ts';
import { printPolicy } from '../../cedar/print.ts';
import { projectPolicy } from '../../cedar/project.ts';
import { type Cedar, withEngine } from '../../cedar/wasm.ts';
import type { StoreSchema, Tenant } from '../../dsl/tenants/tenant.ts';
import { timed } from '../samples.ts';

/**
 * What cedar-wasm needs by itself for the text of some tenants: one call a distinct schema, with all policies as one
 * text, its fastest form. Nobody who validates all of this text can take less. Milliseconds.
 */
export async function engineAlone(tenants: readonly Tenant[]): Promise<number> {
  return validated(
    tenants.map(({ schema, policies }) => [schema, policies.map(({ statement }) => statement)] as const),
  );
}

/** The same for the part of their policies that the gateway enforces. */
export async function engineAloneAtGateway(tenants: readonly Tenant[], model: Model): Promise<number> {
  const facts = gatewayFacts(model);
  return validated(
    tenants.map(({ gatewaySchema, slug, policies }) => {
      const projected = policies.flatMap(({ policy }) => projectPolicy(policy, facts) ?? []);
      return [gatewaySchema, projected.map((policy) => printPolicy(policy, { prefix: slug }))] as const;
    }),
  );
}

type Call = Parameters<Cedar['validate']>[0];

async function validated(texts: readonly (readonly [StoreSchema, readonly string[]])[]): Promise<number> {
  const bySchema = new Map<string, { readonly json: string; readonly texts: string[] }>();
  for (const [{ sha256, cedarJson }, statements] of texts) {
    const same = bySchema.get(sha256) ?? { json: cedarJson, texts: [] };
    same.texts.push(...statements);
    bySchema.set(sha256, same);
  }
  // The package's types ask for mutable arguments, and ours for a record.
  const calls = [...bySchema.values()].map((each): Call => {
    const policies = JSON.stringify({ staticPolicies: each.texts.join('\n') });
    return JSON.parse(`{"schema":${each.json},"policies":${policies}}`);
  });
  return timed(async () => {
    for (const call of calls) {
      const answer = withEngine((cedar) => cedar.validate(call));
      if (answer.type !== 'success' || answer.validationErrors.length > 0)
        throw new Error('what was compiled is not valid');
    }
  });
}
