import { operands } from '../../../cedar/balance.ts';
import type { Clause, Expr } from '../../../cedar/ast.ts';
import { NO_COMMENTS } from './comments.ts';
import { conditionEnv, type FileState } from './env.ts';
import { write } from './expression.ts';
import { guardOf } from './guard.ts';
import type { Type } from './typing.ts';

export type VariableTypes = Readonly<Record<'principal' | 'resource' | 'context', Type>>;

/** Clauses that are written as one. */
interface Group {
  readonly clauses: readonly Clause[];
  readonly body: Expr;
}

/** The calls of `.when()` and `.unless()`. Throws `PolicyError`. */
export const clauseTexts = (clauses: readonly Clause[], types: VariableTypes, file: FileState): string[] =>
  grouped(clauses, types, file).map(({ clauses: together, body }) => {
    const env = conditionEnv(file, types);
    const text = write.argument(body, env, write.expr(body, env));
    const above = together.map((clause) => file.comments.beside(clause)).join('');
    const variables = [...env.variables].sort(byUse).join(', ');
    const parameters = variables === '' ? '()' : `({ ${variables} })`;
    return `${above === '' ? '' : `\n${above}`}.${together[0]?.kind ?? 'when'}(${parameters} => ${text})`;
  });

const ORDER = ['principal', 'action', 'resource', 'context'];
const byUse = (a: string, b: string): number => ORDER.indexOf(a) - ORDER.indexOf(b);

/**
 * Cedar lets a clause test what a later one reads: `when { principal has nick } when { principal.nick == "x" }`. No
 * callback spans two clauses, but one clause of both says the same, with the same errors.
 */
function grouped(clauses: readonly Clause[], types: VariableTypes, file: FileState): Group[] {
  const groups: Group[] = [];
  for (const clause of clauses) {
    const last = groups.at(-1);
    const joins =
      last?.clauses[0]?.kind === 'when' &&
      clause.kind === 'when' &&
      reads(clause.body, types, file).some((number) => tested(last.body, types, file).has(number));
    if (last && joins) {
      groups[groups.length - 1] = {
        clauses: [...last.clauses, clause],
        body: { kind: 'and', of: [...conjuncts(last.body), ...conjuncts(clause.body)] },
      };
    } else {
      groups.push({ clauses: [clause], body: clause.body });
    }
  }
  return groups;
}

const conjuncts = (body: Expr): readonly Expr[] => (body.kind === 'and' ? operands(body) : [body]);

/** Numbers of what a condition reads and does not test itself. */
function reads(body: Expr, types: VariableTypes, file: FileState): number[] {
  const env = conditionEnv({ ...file, comments: NO_COMMENTS, used: new Set() }, types);
  write.expr(body, env);
  return [...env.unguarded];
}

/** Numbers of what a condition tests. */
function tested(body: Expr, types: VariableTypes, file: FileState): ReadonlySet<number> {
  const env = conditionEnv(file, types);
  return new Set(
    conjuncts(body).flatMap((operand) => {
      const guard = guardOf(operand, env, write);
      return guard ? [file.same.numberOf(guard.value)] : [];
    }),
  );
}
