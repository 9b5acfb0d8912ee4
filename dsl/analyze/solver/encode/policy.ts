import type { EntityScope, Policy } from '../../../../cedar/ast.ts';
import { canBeAction, type Environment } from '../../environments.ts';
import type { Premise, Semantics } from '../../verdict.ts';
import { isInside } from './calls.ts';
import type { Encoding } from './encoding.ts';
import { encodeExpr } from './expression.ts';
import { type Scalar, asEntity, asScalar, equalScalars, scalar } from './symbolic.ts';
import { and, constant, FALSE, not, or, type Term, TRUE } from '../language/term.ts';
import { Unsupported } from '../unsupported.ts';

interface Match {
  readonly matches: Term;
  readonly errs: Term;
}

/** Whether policies alone come to a decision. */
export function encodePremise(
  { policies, decision }: Premise,
  semantics: Semantics,
  environment: Environment,
  encoding: Encoding,
): Term {
  const matches = policies.map((policy) => ({
    effect: policy.effect,
    ...encodePolicy(policy, environment, encoding),
  }));
  // A policy that errs does not match, as far as Cedar is concerned.
  const some = (effect: Policy['effect']): Term =>
    or(...matches.filter((each) => each.effect === effect).map((each) => and(each.matches, not(each.errs))));
  const sound = semantics === 'cedar' ? TRUE : not(or(...matches.map(({ errs }) => errs)));
  const allows = and(some('permit'), not(some('forbid')), sound);
  return decision === 'allow' ? allows : not(allows);
}

/** Policies that several premises share are looked at once. */
const encoded = new WeakMap<Encoding, Map<Policy, Match>>();

function encodePolicy(policy: Policy, environment: Environment, encoding: Encoding): Match {
  const known = encoded.get(encoding) ?? new Map<Policy, Match>();
  encoded.set(encoding, known);
  const match = known.get(policy) ?? matchOf(policy, environment, encoding);
  known.set(policy, match);
  return match;
}

function matchOf(policy: Policy, environment: Environment, encoding: Encoding): Match {
  const { script, variables } = encoding;
  let matches = and(
    constant(canBeAction(policy.action, environment.action)),
    inScope(policy.principal, variables.principal, encoding),
    inScope(policy.resource, variables.resource, encoding),
  );
  let errs: Term = FALSE;
  for (const { kind, body } of policy.clauses) {
    if (matches === FALSE) break;
    const { value, errs: fails } = encodeExpr(body, encoding);
    const holds = asScalar(value, 'Bool');
    errs = script.share(or(errs, and(matches, fails)), 'Bool');
    matches = script.share(and(matches, kind === 'when' ? holds : not(holds)), 'Bool');
  }
  return { matches, errs };
}

function inScope(scope: EntityScope, variable: Scalar, encoding: Encoding): Term {
  const { type } = asEntity(variable);
  const entity = (): Scalar => {
    if (!('entity' in scope) || 'slot' in scope.entity) throw new Unsupported('a slot that no link fills');
    return scalar({ kind: 'Entity', name: scope.entity.type }, encoding.sorts.entity(scope.entity));
  };
  switch (scope.kind) {
    case 'any':
      return TRUE;
    case '==':
      return equalScalars(variable, entity());
    case 'in':
      return isInside(variable, entity(), encoding);
    case 'is':
      return constant(scope.type === type);
    default:
      return scope.type === type ? isInside(variable, entity(), encoding) : FALSE;
  }
}
