import { expect } from 'chai';
import { fileURLToPath } from 'node:url';
import type { Expr, Policy } from '../../../../cedar/ast.ts';
import { validate } from '../../../../cedar/engine.ts';
import { gatewayFacts, type GatewayFacts } from '../../../../cedar/gateway-facts.ts';
import { printPolicy } from '../../../../cedar/print.ts';
import { projectPolicy } from '../../../../cedar/project.ts';
import { parts } from '../../../../cedar/walk.ts';
import { loadProject } from '../../../../cli/policy-sets.ts';
import { asking } from '../../../../dsl/analyze/ask.ts';
import { applicable } from '../../../../dsl/analyze/environments.ts';
import { finalPolicy } from '../../../../dsl/analyze/final-policy.ts';
import { alone } from '../../../../dsl/analyze/lint/subject.ts';
import { tenantPolicySets } from '../../../../dsl/analyze/policy-set.ts';
import type { Answer, Premise } from '../../../../dsl/analyze/verdict.ts';
import type { Tenant } from '../../../../dsl/tenants/tenant.ts';
import type { TheSolver } from './the-solver.ts';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

/** The whole policies of a tenant, and what the gateway gets of them; ids as requests have them. */
interface Phases {
  readonly whole: readonly Policy[];
  readonly gateway: readonly Policy[];
  /** The forbids that the gateway can decide: the strict validator knows every fact that they read. */
  readonly decidable: readonly Policy[];
}

function phasesOf({ slug, policies, gatewaySchema }: Tenant, facts: GatewayFacts): Phases {
  const final = (policy: Policy): Policy => finalPolicy(policy, slug);
  const schema: object = JSON.parse(gatewaySchema.cedarJson);
  const forbids = policies.filter(({ effect }) => effect === 'forbid').map(({ policy }) => final(policy));
  const texts = Object.fromEntries(forbids.map((each) => [each.id, printPolicy(each, { prefix: '' })]));
  const unknown = new Set(validate({ schema, policies: texts }).map(({ policyId }) => policyId));
  return {
    whole: policies.map(({ policy }) => final(policy)),
    gateway: policies.flatMap(({ policy }) => {
      const projected = projectPolicy(policy, facts);
      return projected ? [final(projected)] : [];
    }),
    decidable: forbids.filter((each) => !unknown.has(each.id) && !readsResource(each)),
  };
}

/** Whether a policy asks which resource it is, which the gateway knows of some operations only. */
const readsResource = ({ resource, clauses }: Policy): boolean =>
  'entity' in resource || clauses.some(({ body }) => namesResource(body));

const namesResource = (expr: Expr): boolean => {
  if (expr.kind === 'variable') return expr.name === 'resource';
  const isOfType = (expr.kind === 'is' && !expr.in) || expr.kind === 'attribute' || expr.kind === 'has';
  if (isOfType && expr.of.kind === 'variable') return false;
  return parts(expr).some(namesResource);
};

/** The part of the policies that the gateway enforces, proved for the policies of this repository. */
export function projectionIsSound(the: TheSolver): void {
  it('proves that the gateway denies nothing that the backend allows, and allows nothing that it knows to be forbidden', async () => {
    const { model, tenants } = await loadProject(ROOT);
    const facts = gatewayFacts(model);
    const oracle = asking(the.solver());
    let bySolver = 0;
    const decided = new Set<string>();
    for (const [index, set] of tenantPolicySets(model, tenants).entries()) {
      const { whole, gateway, decidable } = phasesOf(tenants[index]!, facts);
      for (const environment of set.environments) {
        const none = async (premises: readonly Premise[]): Promise<void> => {
          const answer: Answer = await oracle.find({
            schema: set.schema,
            environment,
            premises,
            semantics: 'enforced',
          });
          const where = `${set.name}: ${environment.action.uid.id}: ${JSON.stringify(answer)}`;
          expect(answer, where).to.have.nested.property('how.kind', 'proved');
          if (answer.kind === 'none' && answer.how.kind === 'proved' && answer.how.by === 'solver')
            bySolver += 1;
        };
        // The projected policies read nothing that the gateway does not know (test/cedar/project.test.ts), so they
        // decide a whole request as they decide what the gateway sees of it.
        await none([
          { policies: whole, decision: 'allow' },
          { policies: gateway, decision: 'deny' },
        ]);
        const forbids = applicable(decidable, environment, set.schema);
        if (forbids.length === 0) continue;
        forbids.forEach(({ id }) => decided.add(id));
        await none([
          { policies: gateway, decision: 'allow' },
          { policies: forbids.map(alone), decision: 'allow' },
        ]);
      }
    }
    expect(bySolver, 'questions that only the solver answers').to.be.greaterThan(20);
    expect([...decided]).to.include.members(['guardrail-foreign-principal', 'guardrail-suspended']);
  });
}
