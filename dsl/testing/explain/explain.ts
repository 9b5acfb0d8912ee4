import type { AuthorizationRequest } from '../../../cedar/engine.ts';
import { printExpr } from '../../../cedar/print.ts';
import { entityKey } from '../../../cedar/slice.ts';
import { printable } from '../../check/printable.ts';
import { isInScope, type Trial } from '../probes.ts';
import type { Rule } from '../rules.ts';
import type { Examination, Subject } from '../subject.ts';
import { showData, showScope, showSite, showValue } from './show.ts';

/** More policies than these are counted, not listed. */
const MOST_LISTED = 6;
const LONGEST_CONDITION = 160;

/** A request, what decided it, and what nearly did: what a person needs to see why. */
export function explain(subject: Subject, examination: Examination): string {
  const lines: [string, readonly string[]][] = [
    ...showRequest(examination.request),
    ['decision', showDecision(subject, examination)],
    ['nearly', nearMisses(subject, examination)],
  ];
  return lines
    .filter(([, texts]) => texts.length > 0)
    .map(([what, texts]) => `  ${what.padEnd(11)}${texts.join(`\n${' '.repeat(13)}`)}`)
    .join('\n');
}

function showRequest({
  principal,
  action,
  resource,
  context,
  entities,
}: AuthorizationRequest): [string, string[]][] {
  const data = (uid: AuthorizationRequest['principal']): string[] =>
    entities.filter((entity) => entityKey(entity.uid) === entityKey(uid)).map(showData);
  return [
    ['principal', data(principal)],
    ['action', [action.id]],
    ['resource', data(resource)],
    ['context', [printable(showValue(context))]],
  ];
}

const showRule = ({ id, site }: Rule): string => `${id} (${showSite(site)})`;

/** What decided, in words. */
export function showDecision({ rules }: Subject, { decision, result }: Examination): string[] {
  const ruleOf = (id: string): string =>
    rules
      .filter((rule) => rule.id === id)
      .map(showRule)
      .join('');
  const errors = result.errors.map(
    ({ id, message }) => `${ruleOf(id)} cannot be evaluated: ${printable(message)}`,
  );
  if (errors.length > 0) return [`${decision}, because a policy errs`, ...errors];
  const reasons = result.reasons.map(ruleOf);
  if (reasons.length > 0) return [`${decision}, by ${reasons.join(', ')}`];
  return [`${decision}: no policy allows it`];
}

/** Of an allow, the forbids that were for such a request; of a deny, the permits. */
function nearMisses(subject: Subject, { decision, result, trials }: Examination): string[] {
  const effect = decision === 'allow' ? 'forbid' : 'permit';
  // Where a forbid denied, the permits do not matter.
  if (decision === 'deny' && (result.reasons.length > 0 || result.errors.length > 0)) return [];
  const candidates = trials.filter(({ rule }) => rule.policy.effect === effect);
  const { slug } = subject.world.tenant;
  const inScope = candidates.filter(isInScope).flatMap((trial) => failedCondition(trial, slug));
  if (inScope.length > 0 || decision === 'allow') return listed(inScope);
  const forOthers = candidates.filter(({ scope }) => scope.action && scope.resource && !scope.principal);
  return listed(
    forOthers.map(({ rule }) => `${showRule(rule)} is for ${showScope(rule.policy.principal, slug)}`),
  );
}

function failedCondition({ rule, conditions }: Trial, prefix: string): string[] {
  for (const [index, { kind, of, site }] of rule.clauses.entries()) {
    const outcomes = conditions[index] ?? [];
    const failed = kind === 'when' ? outcomes.findIndex((outcome) => outcome !== 'true') : -1;
    const condition = of[failed];
    const met = kind === 'unless' && outcomes.every((outcome) => outcome === 'true');
    if (condition) {
      const text = shortened(printExpr(condition, { prefix }));
      return [`${showRule(rule)}: ${text} is ${outcomes[failed]} (${showSite(condition.at ?? site)})`];
    }
    if (met) {
      const text = shortened(of.map((part) => printExpr(part, { prefix })).join(' && '));
      return [`${showRule(rule)}: unless ${text}, which is true (${showSite(site)})`];
    }
  }
  return [];
}

function shortened(text: string): string {
  const line = printable(text.replaceAll(/\s+/g, ' '));
  return line.length > LONGEST_CONDITION ? `${line.slice(0, LONGEST_CONDITION)}…` : line;
}

const listed = (lines: readonly string[]): string[] =>
  lines.length > MOST_LISTED
    ? [...lines.slice(0, MOST_LISTED), `and ${lines.length - MOST_LISTED} more`]
    : [...lines];
