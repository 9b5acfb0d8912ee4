import type { Expr, Policy } from '../../cedar/ast.ts';
import { type AuthorizationRequest, preparePolicies, type PolicyText } from '../../cedar/engine.ts';
import { printPolicy } from '../../cedar/print.ts';
import type { Rule } from './rules.ts';

/** How a part of a policy came out. `unreached`: something before it settled that the policy does not apply. */
export type Outcome = 'true' | 'false' | 'error' | 'unreached';

/** How one policy came out on one request, part by part. */
export interface Trial {
  readonly rule: Rule;
  readonly scope: { readonly principal: boolean; readonly action: boolean; readonly resource: boolean };
  /** The conditions of each clause. */
  readonly conditions: readonly (readonly Outcome[])[];
}

export const isInScope = ({ scope }: Trial): boolean => scope.principal && scope.action && scope.resource;

type Part = 'principal' | 'action' | 'resource';
const PARTS: readonly Part[] = ['principal', 'action', 'resource'];

const UNCONDITIONAL: Policy = {
  id: 'probe',
  effect: 'permit',
  principal: { kind: 'any' },
  action: { kind: 'any' },
  resource: { kind: 'any' },
  clauses: [],
  annotations: {},
};

const scopeProbe = (rule: number, part: Part): string => `${rule}.${part}`;
const conditionProbe = (rule: number, clause: number, condition: number): string =>
  `${rule}.${clause}.${condition}`;

/**
 * Tries the parts of policies one by one: each part of a scope and each condition is asked as a permit of its own, so
 * that what is reported is the engine's word and nobody else's.
 * @param name tells the policies apart from others in the engine
 */
export function prober(name: string, rules: readonly Rule[], prefix: string) {
  const print = (part: Partial<Policy>): string => printPolicy({ ...UNCONDITIONAL, ...part }, { prefix });
  const probes = rules.flatMap(({ policy, clauses }, rule): PolicyText[] => [
    ...PARTS.map((part) => ({ id: scopeProbe(rule, part), text: print({ [part]: policy[part] }) })),
    ...clauses.flatMap(({ of }, clause) =>
      of.map((condition, index) => ({
        id: conditionProbe(rule, clause, index),
        text: print({ clauses: [{ kind: 'when', body: condition }] }),
      })),
    ),
  ]);
  const prepared = preparePolicies(name, probes);

  return (request: AuthorizationRequest): Trial[] => {
    const { reasons, errors } = prepared.authorize(request);
    const holding = new Set(reasons);
    const erring = new Set(errors.map(({ id }) => id));
    return rules.map((rule, index) => {
      const matches = (part: Part): boolean => holding.has(scopeProbe(index, part));
      const scope = {
        principal: matches('principal'),
        action: matches('action'),
        resource: matches('resource'),
      };
      const outcome = (clause: number, condition: number): Outcome => {
        const id = conditionProbe(index, clause, condition);
        return holding.has(id) ? 'true' : erring.has(id) ? 'error' : 'false';
      };
      const reached = scope.principal && scope.action && scope.resource;
      return { rule, scope, conditions: inTurn(rule, reached, outcome) };
    });
  };
}

/** Cedar evaluates clause after clause, and stops at the first that settles it: so does this. */
function inTurn(
  { clauses }: Rule,
  inScope: boolean,
  outcome: (clause: number, condition: number) => Outcome,
): Outcome[][] {
  let applies = inScope;
  return clauses.map(({ kind, of }, clause) => {
    let reached = applies;
    const outcomes = of.map((_condition: Expr, index): Outcome => {
      if (!reached) return 'unreached';
      const came = outcome(clause, index);
      reached = came === 'true';
      return came;
    });
    const holds = outcomes.every((came) => came === 'true');
    applies &&= kind === 'when' ? holds : outcomes.includes('false');
    return outcomes;
  });
}
