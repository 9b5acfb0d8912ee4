import type { Expr } from '../../../cedar/ast.ts';
import type { Env } from './env.ts';
import { guardOf } from './guard.ts';
import type { Write } from './write.ts';

/** `a && b && c` as `a.and(b, c)`; from a test to the last operand that reads what it guards, as the test's callback. */
export function writeChain(chain: Extract<Expr, { kind: 'and' | 'or' }>, env: Env, write: Write): string {
  const texts =
    chain.kind === 'and'
      ? conjuncts(chain.of, env, write)
      : chain.of.map((operand) => write.argument(operand, env, write.expr(operand, env)));
  return joined(chain.kind, texts);
}

function joined(kind: 'and' | 'or', texts: readonly string[]): string {
  const [first = '', ...rest] = texts;
  return rest.length === 0 ? first : `${first}.${kind}(${rest.join(', ')})`;
}

function conjuncts(operands: readonly Expr[], env: Env, write: Write): string[] {
  const texts: string[] = [];
  for (let i = 0; i < operands.length; i += 1) {
    const operand = operands[i];
    if (!operand) break;
    const guard = guardOf(operand, env, write);
    const last = guard ? operands.findLastIndex((later, j) => j > i && guard.guards(later)) : -1;
    if (guard && last > i) {
      const { env: inside, parameter } = env.inside(guard.value, guard.type, guard.wanted);
      const body = joined('and', conjuncts(operands.slice(i + 1, last + 1), inside, write));
      texts.push(write.argument(operand, env, guard.call(`(${parameter}) => ${body}`)));
      i = last;
    } else {
      texts.push(write.argument(operand, env, write.expr(operand, env)));
    }
  }
  return texts;
}
