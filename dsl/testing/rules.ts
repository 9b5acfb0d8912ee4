import type { Clause, Expr, Policy, Site } from '../../cedar/ast.ts';
import { operands } from '../../cedar/balance.ts';
import { gatewayFacts } from '../../cedar/gateway-facts.ts';
import { printPolicy } from '../../cedar/print.ts';
import { projectPolicy } from '../../cedar/project.ts';
import type { World } from './request/world.ts';

/** A clause and what must hold, or must not, all of it. */
export interface Conditions {
  readonly kind: Clause['kind'];
  readonly site: Site;
  /** The operands of the `&&` at its top; itself where there is none. */
  readonly of: readonly Expr[];
}

/** A policy as one phase decides by it. */
export interface Rule {
  readonly id: string;
  readonly guardrail: boolean;
  readonly site: Site;
  readonly policy: Policy;
  readonly text: string;
  readonly clauses: readonly Conditions[];
}

/** The policies of a tenant in a phase; at the gateway, those of which it decides anything. */
export function rulesOf({ model, tenant, phase }: World): Rule[] {
  const facts = gatewayFacts(model);
  return tenant.policies.flatMap(({ id, guardrail, site, policy: whole, statement }) => {
    const policy = phase === 'backend' ? whole : projectPolicy(whole, facts);
    if (!policy) return [];
    const text = phase === 'backend' ? statement : printPolicy(policy, { prefix: tenant.slug });
    const clauses = policy.clauses.map(({ kind, body, at }) => ({
      kind,
      site: at ?? site,
      of: body.kind === 'and' ? operands(body) : [body],
    }));
    return [{ id, guardrail, site, policy, text, clauses }];
  });
}
