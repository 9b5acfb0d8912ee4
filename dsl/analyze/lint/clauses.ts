import type { Clause, Expr, Policy, Site } from '../../../cedar/ast.ts';
import { operands } from '../../../cedar/balance.ts';
import { validate } from '../../../cedar/engine.ts';
import { canErr } from '../../../cedar/known.ts';
import { printExpr, printPolicy } from '../../../cedar/print.ts';
import { applicable, environmentsOf } from '../environments.ts';
import { type Asking, seek, type Sought } from '../everywhere.ts';
import type { PolicySet } from '../policy-set.ts';
import type { Premise } from '../verdict.ts';
import { type Finding, type LintCode, severityOf } from './finding.ts';
import { alone, type Subject } from './subject.ts';

/** A policy without one of its conditions. */
interface Shorter {
  readonly without: string;
  readonly at?: Site;
  readonly policy: Policy;
}

/** Conditions of a policy that could go, and nothing would change. */
export async function clauseFindings(asking: Asking, subject: Subject): Promise<Finding[]> {
  const { policy, id } = subject.own;
  if (policy.clauses.length === 0) return [];
  const bare = { ...policy, clauses: [] };
  const selective = await seek(asking, subject.environments, [
    { policies: [alone(bare)], decision: 'allow' },
    { policies: [alone(policy)], decision: 'deny' },
  ]);
  if (!selective.found) {
    const message = `the conditions of "${id}" always hold`;
    return [findingOf(subject, 'ALWAYS_APPLIES', message, 'remove them, or correct them', selective)];
  }
  const findings: Finding[] = [];
  for (const shorter of shorterOnes(subject)) {
    const sought = await difference(asking, subject, shorter.policy);
    if (sought.found || !isValid(shorter.policy, subject)) continue;
    const message = `in "${id}", ${shorter.without} changes nothing`;
    findings.push(
      findingOf(subject, 'CLAUSE_CHANGES_NOTHING', message, 'remove it, or correct it', sought, shorter.at),
    );
  }
  return findings;
}

/** A request that is decided otherwise without the condition: a permit then allows more, a forbid denies more. */
async function difference(asking: Asking, subject: Subject, shorter: Policy): Promise<Sought> {
  const { own, all, environments } = subject;
  const instead = all.map((policy) => (policy === own.policy ? shorter : policy));
  const wider = shorter.effect === 'permit' ? 'allow' : 'deny';
  const narrower = shorter.effect === 'permit' ? 'deny' : 'allow';
  const premises = (now: Premise['decision'], then: Premise['decision']): Premise[] => [
    { policies: all, decision: now },
    { policies: instead, decision: then },
  ];
  const first = await seek(asking, environments, premises(narrower, wider));
  if (first.found || !own.policy.clauses.some(({ body }) => canErr(body))) return first;
  // A condition that errs denies, or keeps others from erring.
  return seek(asking, environments, premises(wider, narrower));
}

function shorterOnes({ own: { policy }, set }: Subject): Shorter[] {
  const { clauses } = policy;
  const replaced = (index: number, by: readonly Clause[]): Policy => ({
    ...policy,
    clauses: clauses.toSpliced(index, 1, ...by),
  });
  return clauses.flatMap((clause, index): Shorter[] => {
    const { kind, body, at } = clause;
    const whole = { without: `${kind} ${shown(body)}`, ...(at && { at }), policy: replaced(index, []) };
    // A policy's only clause is judged by whether its conditions always hold.
    const clauseItself = clauses.length > 1 ? [whole] : [];
    if (kind !== 'when' || body.kind !== 'and') return clauseItself;
    const all = operands(body);
    const parts = all.flatMap((operand, place) => {
      if (tellsTypesApart(operand, policy, set)) return [];
      const policyWithout = replaced(index, [{ ...clause, body: { ...body, of: all.toSpliced(place, 1) } }]);
      const site = operand.at ?? at;
      return [{ without: shown(operand), ...(site && { at: site }), policy: policyWithout }];
    });
    return [...clauseItself, ...(all.length > 1 ? parts : [])];
  });
}

/**
 * Whether a condition only says which of several types it is about. Policies that several kinds of tenant share need
 * it, and so do builders that read an attribute of that type, though no principal of this one is of another.
 */
function tellsTypesApart(condition: Expr, policy: Policy, { schema }: PolicySet): boolean {
  if (condition.kind !== 'is' || condition.in || condition.of.kind !== 'variable') return false;
  const { name } = condition.of;
  if (name !== 'principal' && name !== 'resource') return false;
  return environmentsOf(schema).some(
    (environment) =>
      environment[name] !== condition.type && applicable([policy], environment, schema).length > 0,
  );
}

/** A condition may be what makes another one valid: `x has y && x.y > 1`. Then it cannot go. */
function isValid(policy: Policy, { set }: Subject): boolean {
  const text = printPolicy(policy, { prefix: '' });
  const findings = validate({ schema: set.schema.resolved, policies: { policy: text } });
  return !findings.some(({ severity }) => severity === 'error');
}

const LONGEST = 80;
const shown = (expr: Expr): string => {
  const text = printExpr(expr, { prefix: '' }).replaceAll(/\s+/g, ' ');
  return `"${text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}"`;
};

function findingOf(
  { own, set }: Subject,
  code: LintCode,
  message: string,
  remedy: string,
  { certainty }: Extract<Sought, { found: false }>,
  at?: Site,
): Finding {
  const site = at ?? own.site;
  return {
    code,
    severity: severityOf(certainty),
    set: set.name,
    site,
    policy: own.id,
    message,
    remedy,
    certainty,
  };
}
