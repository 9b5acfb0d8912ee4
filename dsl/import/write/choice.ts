import type { Expr } from '../../../cedar/ast.ts';
import type { Env } from './env.ts';
import { guardOf, type Guard } from './guard.ts';
import type { Write } from './write.ts';

type Choice = Extract<Expr, { kind: 'if' }>;

/** `if a then b else c`: as the choice that a test's value allows, else as `a.ifElse(b, c)`. */
export function writeChoice(given: Choice, env: Env, write: Write): string {
  const { test, yes, no } = given;
  const guard = guardOf(test, env, write);
  const choose = guard?.choose;
  if (guard && choose && (guard.guards(yes) || guard.guards(no))) {
    const text = choose(callback(yes, guard, env, write), () => alternative(no, guard, env, write));
    return write.argument(test, env, text);
  }
  const texts = [yes, no].map((one) => branch(one, env, write));
  return `${write.argument(test, env, write.expr(test, env))}.ifElse(${texts.join(', ')})`;
}

function callback(yes: Expr, guard: Guard, env: Env, write: Write): string | undefined {
  if (env.same.numberOf(yes) === env.same.numberOf(guard.value)) return undefined;
  const { env: inside, parameter } = env.inside(guard.value, guard.type, guard.wanted);
  return `(${parameter}) => ${branch(yes, inside, write)}`;
}

/** What holds otherwise: of an entity that is not of one type, another type is known. */
function alternative(no: Expr, guard: Guard, env: Env, write: Write): string {
  if (!guard.otherwise) return branch(no, env, write);
  const [only, another] = guard.otherwise.kind === 'entity' ? guard.otherwise.names : [];
  const wanted = only !== undefined && another === undefined ? (only.split('::').at(-1) ?? only) : 'other';
  const { env: inside, parameter } = env.inside(guard.value, guard.otherwise, wanted);
  return `(${parameter}) => ${branch(no, inside, write)}`;
}

/** A branch. JavaScript's booleans are none: `!a` and `a === b` give one whatever the request says. */
function branch(given: Expr, env: Env, write: Write): string {
  const plain = given.kind === 'literal' && typeof given.value !== 'boolean';
  return write.argument(given, env, plain ? write.operand(given, env) : write.expr(given, env));
}
