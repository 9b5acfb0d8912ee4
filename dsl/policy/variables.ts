import type { EntityUid, Expr, Site, Variable } from '../../cedar/ast.ts';
import { callSite } from './call-site.ts';
import { type Express, expressions } from './expression.ts';
import { setOf } from './lift.ts';
import { record } from './recorder.ts';
import { register } from './registry.ts';
import type { Names } from './vocabulary.ts';

/** The four variables of a condition, as callbacks receive them. */
export function variables(names: Names): object {
  const value = expressions(names);
  const variable = (name: Variable): Expr => ({ kind: 'variable', name });
  return Object.freeze({
    principal: value(() => variable('principal')),
    resource: value(() => variable('resource')),
    context: value(() => variable('context')),
    action: actionVariable(variable('action'), names, value),
  });
}

/** The action has no attributes, and its operands are names. */
function actionVariable(of: Expr, names: Names, value: Express): object {
  const literal = (entity: EntityUid): Expr => ({ kind: 'entity', entity });
  const test = (make: (operand: unknown, at: Site) => Expr): unknown => {
    const operator = (operand: unknown): object => {
      const result = record(make(operand, callSite(operator)));
      return value(() => result);
    };
    return operator;
  };
  const compare = (op: '==' | '!='): unknown =>
    test((name, at) => ({ kind: 'compare', op, left: of, right: literal(names.action(name, at)), at }));
  return register(
    Object.freeze({
      eq: compare('=='),
      ne: compare('!='),
      in: test((groups, at) => {
        const one = (name: unknown): Expr => literal(names.actionOrGroup(name, at));
        const right = Array.isArray(groups) ? setOf(groups.map(one), at) : one(groups);
        return { kind: 'in', left: of, right, at };
      }),
    }),
    () => of,
  );
}
