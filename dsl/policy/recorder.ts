import type { Expr } from '../../cedar/ast.ts';
import { BuilderError } from './builder-error.ts';

/**
 * JavaScript evaluates both sides of `a && b` but returns one, and lets a statement's value go. So every expression
 * made while a condition runs is noted, and one that the condition does not contain in the end is a mistake.
 */
let created: Set<Expr> | undefined;

/** Notes an expression as made. */
export function record<E extends Expr>(expr: E): E {
  created?.add(expr);
  return expr;
}

/** An expression that an operator used up: `x.nick.exists()` contains no `x.nick`. */
export function consume(expr: Expr): void {
  created?.delete(expr);
}

/** Runs a condition. Throws `BuilderError` at an expression that was made and is not part of the result. */
export function recorded(run: () => Expr): Expr {
  const outer = created;
  const made = new Set<Expr>();
  created = made;
  try {
    const result = run();
    strike(result, made, new Set());
    const orphan = firstRoot(made);
    if (orphan) {
      throw new BuilderError({
        ...(orphan.at && { site: orphan.at }),
        code: 'LOST_EXPRESSION',
        message: 'this expression is not part of the condition that is returned',
        remedy: 'return it, and combine conditions with .and(), .or(), .not() and .ifElse()',
      });
    }
    return result;
  } finally {
    created = outer;
  }
}

/** Parts are made before what contains them: the last one left is a root, and its parts are no mistakes of their own. */
function firstRoot(left: Set<Expr>): Expr | undefined {
  let root: Expr | undefined;
  for (let last = [...left].at(-1); last; last = [...left].at(-1)) {
    root = last;
    strike(last, left, new Set());
  }
  return root;
}

/** Strikes everything reachable from `part` off the list. */
function strike(part: unknown, list: Set<unknown>, seen: Set<unknown>): void {
  if (typeof part !== 'object' || part === null || seen.has(part)) return;
  seen.add(part);
  list.delete(part);
  for (const inner of Object.values(part)) strike(inner, list, seen);
}
