import { printPolicy } from '../../../cedar/print.ts';
import { entityKey } from '../../../cedar/slice.ts';
import { applicable, type Environment } from '../environments.ts';
import type { AnalyzedPolicy, PolicySet } from '../policy-set.ts';
import type { Answer, Oracle, Premise, Semantics } from '../verdict.ts';
import type { Cell, Matrix, MatrixPolicy } from './cell.ts';
import { conditionOf } from './conditions.ts';
import { type Groups, rowsOf } from './rows.ts';

export interface MatrixOptions {
  readonly oracle: Oracle;
  readonly semantics: Semantics;
  /** Is told what is being looked at. */
  readonly progress: (what: string) => void;
}

/** Who can do what, by all policies of all sets. */
export async function matrixOf(sets: readonly PolicySet[], options: MatrixOptions): Promise<Matrix> {
  const cells: Cell[] = [];
  for (const set of sets) cells.push(...(await cellsOf(set, options)));
  const { solver } = options.oracle;
  return {
    ...(solver !== undefined && { solver }),
    guardrails: guardrailsOf(sets),
    cells: cells.sort(byPlace),
    policies: sets.flatMap((set) =>
      set.policies.filter(({ guardrail }) => !guardrail).map((policy) => policyOf(set, policy)),
    ),
  };
}

async function cellsOf(set: PolicySet, { oracle, semantics, progress }: MatrixOptions): Promise<Cell[]> {
  const own = set.policies.filter(({ guardrail }) => !guardrail);
  const cells: Cell[] = [];
  for (const environment of set.environments) {
    progress(`${set.name}: ${environment.action.uid.id}`);
    // Rows in which the same policies are left are answered alike.
    const answered = new Map<string, Promise<Pick<Cell, 'verdict' | 'certainty'>>>();
    for (const groups of rowsOf(set, environment.principal)) {
      const left = reaching(own, environment, groups, set);
      const policies = left.map(({ policy }) => policy);
      const ask = (decision: Premise['decision']): Promise<Answer> =>
        oracle.find({
          schema: set.schema,
          environment,
          premises: [{ policies, decision }],
          semantics,
          principalIn: groups,
        });
      const key = keyOf(left, groups);
      const answer = answered.get(key) ?? verdictOf(ask);
      answered.set(key, answer);
      const { verdict, certainty } = await answer;
      cells.push({
        set: set.name,
        principal: environment.principal,
        action: environment.action.uid.id,
        resource: environment.resource,
        groups: groups.map(({ id }) => id),
        verdict,
        certainty,
        conditions: verdict === 'never' ? [] : conditionsOf(left, verdict),
        policies: left.map(({ id }) => id),
      });
    }
  }
  return cells;
}

async function verdictOf(
  ask: (decision: Premise['decision']) => Promise<Answer>,
): Promise<Pick<Cell, 'verdict' | 'certainty'>> {
  const allowed = await ask('allow');
  if (allowed.kind === 'none') return { verdict: 'never', certainty: allowed.how };
  const denied = await ask('deny');
  if (denied.kind === 'none') return { verdict: 'always', certainty: denied.how };
  // Both are shown by requests that the engine has decided.
  if (denied.kind === 'found' && allowed.kind === 'found')
    return { verdict: 'on conditions', certainty: { kind: 'counterexample' } };
  const because =
    allowed.kind === 'unknown' ? allowed.because : denied.kind === 'unknown' ? denied.because : '';
  return { verdict: 'unknown', certainty: { kind: 'unknown', because } };
}

/** The policies whose scope lets somebody in exactly these groups through. */
function reaching(
  own: readonly AnalyzedPolicy[],
  environment: Environment,
  groups: Groups,
  { schema }: PolicySet,
): AnalyzedPolicy[] {
  const inside = new Set(groups.map(entityKey));
  const fitting = new Set(
    applicable(
      own.map(({ policy }) => policy),
      environment,
      schema,
    ),
  );
  return own.filter(({ policy }) => {
    if (!fitting.has(policy)) return false;
    const { principal } = policy;
    if ((principal.kind !== 'in' && principal.kind !== 'is in') || 'slot' in principal.entity) return true;
    return principal.entity.type === environment.principal || inside.has(entityKey(principal.entity));
  });
}

/** A condition may read the groups too; then each row is a question of its own. */
const keyOf = (policies: readonly AnalyzedPolicy[], groups: Groups): string =>
  JSON.stringify([
    policies.map(({ id }) => id),
    policies.some(({ policy }) => policy.clauses.length > 0) ? groups : [],
  ]);

function conditionsOf(policies: readonly AnalyzedPolicy[], verdict: Cell['verdict']): string[] {
  if (verdict === 'always') return [];
  const lines = (effect: 'permit' | 'forbid'): string[] =>
    policies
      .filter(({ policy }) => policy.effect === effect)
      .map(({ id, policy }) => `${effect} ${id}: ${conditionOf(policy) || 'always'}`);
  return [...lines('permit'), ...lines('forbid')];
}

const policyOf = ({ name }: PolicySet, { id, policy, site }: AnalyzedPolicy): MatrixPolicy => ({
  set: name,
  id,
  effect: policy.effect,
  text: printPolicy(policy, { prefix: '' }),
  file: site.file,
  line: site.line,
});

function guardrailsOf(sets: readonly PolicySet[]): Matrix['guardrails'] {
  const found = new Map<string, { sets: string[]; text: string }>();
  for (const { name, policies } of sets) {
    for (const { id, policy } of policies.filter(({ guardrail }) => guardrail)) {
      const known = found.get(id) ?? {
        sets: [],
        text: policy.annotations['description'] ?? conditionOf(policy),
      };
      known.sets.push(name);
      found.set(id, known);
    }
  }
  return [...found].map(([id, rest]) => ({ id, ...rest })).sort((a, b) => (a.id < b.id ? -1 : 1));
}

function byPlace(a: Cell, b: Cell): number {
  const [one, other] = [cellKey(a), cellKey(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Names a cell, in this matrix and in another one. */
export const cellKey = ({ set, action, principal, resource, groups }: Cell): string =>
  JSON.stringify([set, action, principal, resource, groups]);
