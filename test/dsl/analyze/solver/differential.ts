import { expect } from 'chai';
import * as fc from 'fast-check';
import type { Policy } from '../../../../cedar/ast.ts';
import { preparePolicies } from '../../../../cedar/engine.ts';
import { printPolicy } from '../../../../cedar/print.ts';
import { asking } from '../../../../dsl/analyze/ask.ts';
import { malformation } from '../../../../dsl/analyze/diff/well-formed.ts';
import { decisionOf, prepareCheck } from '../../../../dsl/analyze/holds.ts';
import type { Premise, Question, Semantics } from '../../../../dsl/analyze/verdict.ts';
import { setOf } from '../fixture.ts';
import { condition } from './arbitrary-condition.ts';
import { pinned } from './arbitrary-world.ts';
import { RICH_SCHEMA } from './rich-schema.ts';
import type { TheSolver } from './the-solver.ts';

/** Thousands of runs found one mistake: `-0` was not 0. */
const RUNS = Number(process.env['FC_RUNS'] ?? 10);

const { schema, environments } = setOf('', RICH_SCHEMA);
const environment = environments.find(({ action }) => action.uid.id === 'read')!;
const policiesOf = (text: string): Policy[] => setOf(text, RICH_SCHEMA).policies.map(({ policy }) => policy);

/** Conditions of policies, of which strict validation may refuse some. */
const rules = fc.array(fc.record({ effect: fc.constantFrom('permit', 'forbid'), body: condition }), {
  minLength: 1,
  maxLength: 2,
});

/** Undefined where strict validation refuses one. */
function valid(given: readonly { effect: string; body: string }[]): Policy[] | undefined {
  try {
    return policiesOf(
      given.map(({ effect, body }) => `${effect}(principal, action, resource) when { ${body} };`).join('\n'),
    );
  } catch {
    return undefined;
  }
}

/** What Cedar's engine makes of questions, and what everybody else does. */
export function neverContradicts(the: TheSolver): void {
  const question = (premises: readonly Premise[], semantics: Semantics = 'enforced'): Question => ({
    schema,
    environment,
    premises,
    semantics,
  });

  it('decides a request that is pinned down as the engine does, and no other way', async () => {
    const property = fc.asyncProperty(
      rules,
      pinned,
      fc.constantFrom<Semantics>('enforced', 'cedar'),
      async (given, { request, pin }, semantics) => {
        const policies = valid(given);
        fc.pre(policies !== undefined);
        const texts = policies.map((policy) => ({
          id: policy.id,
          text: printPolicy(policy, { prefix: '' }),
        }));
        const decided = decisionOf(preparePolicies('pinned', texts).authorize(request), semantics);
        const other = decided === 'allow' ? 'deny' : 'allow';
        const pinning = policiesOf(`permit(principal, action, resource) when { ${pin} };`);
        const premises = (decision: Premise['decision']): Premise[] => [
          { policies: pinning, decision: 'allow' },
          { policies, decision },
        ];
        expect(prepareCheck(premises(decided), semantics)(request), 'the pin is of the request').to.equal(
          true,
        );
        const against = await the.solver().find(question(premises(other), semantics));
        expect(against).to.deep.equal({ kind: 'none', how: { kind: 'proved', by: 'solver' } });
        const confirmed = await the.solver().find(question(premises(decided), semantics));
        expect(confirmed.kind).to.equal('found');
      },
    );
    await fc.assert(property, { numRuns: RUNS });
  });

  it('never contradicts what is tried, what the scopes say, or any request of a small world', async () => {
    const decision = fc.constantFrom<Premise['decision']>('allow', 'deny');
    const property = fc.asyncProperty(
      rules,
      rules,
      decision,
      decision,
      fc.array(pinned, { minLength: 10, maxLength: 10 }),
      async (first, second, one, other, world) => {
        const [policies, others] = [valid(first), valid(second)];
        fc.pre(policies !== undefined && others !== undefined);
        const premises: Premise[] = [
          { policies, decision: one },
          { policies: others, decision: other },
        ];
        const proof = await the.solver().find(question(premises));
        const tried = await asking().find(question(premises));
        if (proof.kind === 'found') {
          expect(malformation(proof.request, schema)).to.equal(undefined);
          expect(tried).not.to.have.nested.property('how.kind', 'proved');
        } else if (proof.kind === 'none') {
          expect(tried.kind).not.to.equal('found');
          const holds = prepareCheck(premises, 'enforced');
          expect(world.find(({ request }) => holds(request))).to.equal(undefined);
        } else expect(proof.because, 'nothing is left out').to.match(/^the solver gave up/);
      },
    );
    await fc.assert(property, { numRuns: RUNS });
  });
}
