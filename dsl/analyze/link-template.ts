import type { EntityLiteral, EntityScope, EntityUid, Expr, Policy, Slot } from '../../cedar/ast.ts';
import { ProblemsError } from '../check/problem.ts';

/** The policy that a link makes of a template. @throws ProblemsError when the link leaves a slot open */
export function linked(template: Policy, values: Readonly<Record<string, EntityUid>>): Policy {
  const valueOf = ({ slot }: Slot): EntityLiteral => {
    const value = values[`?${slot}`];
    if (value) return { type: value.type, id: value.id };
    const message = `a link of "${template.id}" says nothing of ?${slot}`;
    throw new ProblemsError([{ code: 'LINK', message, remedy: 'give a value for each slot' }]);
  };
  const filled = (scope: EntityScope): EntityScope =>
    'entity' in scope && 'slot' in scope.entity ? { ...scope, entity: valueOf(scope.entity) } : scope;
  return {
    ...template,
    principal: filled(template.principal),
    resource: filled(template.resource),
    clauses: template.clauses.map((clause) => ({ ...clause, body: withSlots(clause.body, valueOf) })),
  };
}

type ValueOf = (slot: Slot) => EntityLiteral;

function withSlots(expr: Expr, valueOf: ValueOf): Expr;
function withSlots(expr: object, valueOf: ValueOf): object {
  return filledIn(expr, valueOf);
}

function filledIn(part: object, valueOf: ValueOf): object {
  const inner = (each: unknown): unknown =>
    typeof each === 'object' && each !== null ? filledIn(each, valueOf) : each;
  if (Array.isArray(part)) return part.map(inner);
  if ('kind' in part && part.kind === 'slot' && 'slot' in part) {
    return {
      kind: 'entity',
      entity: valueOf({ slot: part.slot === 'principal' ? 'principal' : 'resource' }),
    };
  }
  return Object.fromEntries(Object.entries(part).map(([name, each]) => [name, inner(each)]));
}
