import type { Clause, Expr, Site } from '../../../cedar/ast.ts';
import { type AuthorizationRequest, preparePolicies } from '../../../cedar/engine.ts';
import { printExpr } from '../../../cedar/print.ts';
import { printable } from '../../check/printable.ts';
import { showScope } from '../../testing/explain/show.ts';
import { isInScope, type Outcome, prober, type Trial } from '../../testing/probes.ts';
import type { Rule } from '../../testing/rules.ts';
import { decisionOf } from '../holds.ts';
import type { Semantics } from '../verdict.ts';
import type { SourceText } from './source-text.ts';
import { type Seen, seenBy } from './values.ts';

/** A policy that had its part in a decision. */
export interface Part {
  readonly policy: string;
  readonly effect: 'permit' | 'forbid';
  readonly site: Site;
}

/** A policy that did not decide, and the first thing that kept it from it. */
export interface Near extends Part {
  readonly kept: 'when' | 'unless' | 'scope';
  /** In the words of its source. */
  readonly condition: string;
  readonly at: Site;
  readonly outcome: Outcome;
  readonly values: readonly Seen[];
}

export interface Explanation {
  readonly request: AuthorizationRequest;
  readonly decision: 'allow' | 'deny';
  readonly deciding: readonly Part[];
  readonly erring: readonly (Part & { readonly message: string })[];
  /** Of a deny without a forbid the permits, of an allow the forbids; those with the right scope first. */
  readonly nearly: readonly Near[];
}

/** Whose policies are asked, as one phase decides by them. */
export interface Rules {
  readonly name: string;
  readonly rules: readonly Rule[];
  /** What ids of the tenant's own principals and groups begin with; empty where ids are final. */
  readonly prefix: string;
  readonly source: SourceText;
}

/** Makes the reasons of decisions. @throws EngineError for a request that the engine refuses */
export function explainer({ name, rules, prefix, source }: Rules, semantics: Semantics) {
  const policies = preparePolicies(`${name} explained`, rules);
  const probe = prober(`${name} explained in parts`, rules, prefix);
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const words = (expr: Expr): string => {
    const text = (expr.at && source(expr.at)) ?? printExpr(expr, { prefix }).replaceAll(/\s+/g, ' ');
    return printable(text);
  };

  return (request: AuthorizationRequest): Explanation => {
    const result = policies.authorize(request);
    const trials = probe(request);
    const decision = decisionOf(result, semantics);
    const decidedBy = (id: string): Part[] => {
      const rule = byId.get(id);
      return rule ? [partOf(rule)] : [];
    };
    const erring = result.errors.flatMap(({ id, message }) =>
      decidedBy(id).map((part) => ({ ...part, message: printable(message) })),
    );
    return {
      request,
      decision,
      deciding: decision === result.decision ? result.reasons.flatMap(decidedBy) : [],
      erring,
      nearly:
        decision === 'deny' && (result.reasons.length > 0 || erring.length > 0)
          ? []
          : near(decision, trials, request),
    };
  };

  function near(decision: 'allow' | 'deny', trials: readonly Trial[], request: AuthorizationRequest): Near[] {
    const effect = decision === 'allow' ? 'forbid' : 'permit';
    const candidates = trials.filter(({ rule }) => rule.policy.effect === effect);
    const inScope = candidates.filter(isInScope).flatMap((trial) => failed(trial, request));
    if (decision === 'allow') return inScope;
    const forOthers = candidates
      .filter(({ scope }) => scope.action && scope.resource && !scope.principal)
      .map(({ rule }): Near => ({
        ...partOf(rule),
        kept: 'scope',
        condition: `it is for ${showScope(rule.policy.principal, prefix)}`,
        at: rule.site,
        outcome: 'false',
        values: [],
      }));
    return [...inScope, ...forOthers];
  }

  function failed({ rule, conditions }: Trial, request: AuthorizationRequest): Near[] {
    for (const [index, { kind, of, site }] of rule.clauses.entries()) {
      const outcomes = conditions[index] ?? [];
      const place = kind === 'when' ? outcomes.findIndex((outcome) => outcome !== 'true') : -1;
      const condition = of[place];
      const kept = (clause: Clause['kind'], parts: readonly Expr[], outcome: Outcome): Near => ({
        ...partOf(rule),
        kept: clause,
        condition: parts.map(words).join(' and '),
        at: parts[0]?.at ?? site,
        outcome,
        values: parts.flatMap((part) => seenBy(part, request)),
      });
      if (condition) return [kept('when', [condition], outcomes[place] ?? 'false')];
      if (kind === 'unless' && outcomes.every((outcome) => outcome === 'true'))
        return [kept('unless', of, 'true')];
    }
    return [];
  }
}

const partOf = ({ id, policy, site }: Rule): Part => ({ policy: id, effect: policy.effect, site });
