import type { Site } from '../../../cedar/ast.ts';
import { printExpr } from '../../../cedar/print.ts';
import type { Asked } from '../asked.ts';
import type { TestedProject } from '../loaded.ts';
import { isInScope, type Outcome, type Trial } from '../probes.ts';
import { type Rule, rulesOf } from '../rules.ts';

/** How often a condition came out one way or the other, where it was reached. */
export interface ConditionCoverage {
  readonly text: string;
  readonly site: Site;
  true: number;
  false: number;
  error: number;
}

export interface ClauseCoverage {
  readonly kind: 'when' | 'unless';
  readonly site: Site;
  /** How often all of its conditions were true, and how often one was false. */
  true: number;
  false: number;
  readonly conditions: readonly ConditionCoverage[];
}

/** One policy as it was written: tenants that share it share its coverage. */
export interface PolicyCoverage {
  readonly id: string;
  readonly effect: 'permit' | 'forbid';
  readonly site: Site;
  readonly tenants: string[];
  /** Requests that its scope matches. */
  inScope: number;
  /** Requests that it decided. */
  decided: number;
  readonly clauses: readonly ClauseCoverage[];
}

export interface Coverage {
  /** Sorted by place. */
  readonly policies: readonly PolicyCoverage[];
  /** Each policy deciding, and each condition being true and being false, is one outcome. */
  readonly outcomes: { readonly seen: number; readonly all: number };
  /** Of the outcomes, rounded down; 100 where there is no policy. */
  readonly percent: number;
}

/** What tests have seen of the whole policies of all tenants, those that no test asked included. */
export function coverageOf(projects: readonly TestedProject[], asked: readonly Asked[]): Coverage {
  const written = new Map<string, PolicyCoverage>();
  for (const { model, tenants } of projects) {
    for (const tenant of tenants.values()) {
      for (const rule of rulesOf({ model, tenant, phase: 'backend' })) {
        const known = written.get(keyOf(rule)) ?? blank(rule, tenant.slug);
        written.set(keyOf(rule), known);
        known.tenants.push(tenant.slug);
      }
    }
  }
  for (const { subject, examination } of asked) {
    // What the gateway decides by is made of the policies, not written by anybody.
    if (subject.world.phase === 'gateway') continue;
    const { trials, decision, result } = examination;
    const deciding = new Set(decision === result.decision ? result.reasons : []);
    for (const trial of trials) count(written.get(keyOf(trial.rule)), trial, deciding.has(trial.rule.id));
  }
  return summary([...written.values()].sort(byPlace));
}

/** Policies of one place with equally many conditions were written once, and made for several tenants. */
const keyOf = ({ id, site, clauses }: Rule): string =>
  JSON.stringify([id, site.file, site.line, site.column, clauses.map(({ kind, of }) => [kind, of.length])]);

const blank = ({ id, policy, site, clauses }: Rule, prefix: string): PolicyCoverage => ({
  id,
  effect: policy.effect,
  site,
  tenants: [],
  inScope: 0,
  decided: 0,
  clauses: clauses.map(({ kind, of, site: place }) => ({
    kind,
    site: place,
    true: 0,
    false: 0,
    conditions: of.map((condition) => ({
      text: printExpr(condition, { prefix }),
      site: condition.at ?? place,
      true: 0,
      false: 0,
      error: 0,
    })),
  })),
});

function count(policy: PolicyCoverage | undefined, trial: Trial, decided: boolean): void {
  if (!policy || !isInScope(trial)) return;
  policy.inScope += 1;
  if (decided) policy.decided += 1;
  for (const [index, clause] of policy.clauses.entries()) {
    const outcomes = trial.conditions[index] ?? [];
    if (outcomes.includes('false')) clause.false += 1;
    else if (outcomes.every((outcome) => outcome === 'true')) clause.true += 1;
    for (const [place, condition] of clause.conditions.entries()) countOutcome(condition, outcomes[place]);
  }
}

function countOutcome(condition: ConditionCoverage, outcome: Outcome | undefined): void {
  if (outcome !== undefined && outcome !== 'unreached') condition[outcome] += 1;
}

function summary(policies: readonly PolicyCoverage[]): Coverage {
  const seen = policies.flatMap(({ decided, clauses }) => [
    decided,
    ...clauses.flatMap(({ conditions }) =>
      conditions.flatMap((condition) => [condition.true, condition.false]),
    ),
  ]);
  const outcomes = { seen: seen.filter((times) => times > 0).length, all: seen.length };
  const percent = outcomes.all === 0 ? 100 : Math.floor((100 * outcomes.seen) / outcomes.all);
  return { policies, outcomes, percent };
}

function byPlace({ site: a, id }: PolicyCoverage, { site: b, id: other }: PolicyCoverage): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column || (id < other ? -1 : 1);
}
