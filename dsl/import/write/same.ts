import type { Expr } from '../../../cedar/ast.ts';
import { parts } from '../../../cedar/walk.ts';

/** Tells expressions apart by what they say, wherever they stand: equal ones have the same number. */
export interface Sameness {
  readonly numberOf: (expr: Expr) => number;
  /** Whether an expression, or one in it, has the number. */
  readonly holds: (expr: Expr, number: number) => boolean;
}

const INNER = new Set(['at', 'of', 'left', 'right', 'in', 'test', 'yes', 'no', 'with', 'entries']);

export function sameness(): Sameness {
  const numbers = new Map<string, number>();
  const known = new WeakMap<Expr, number>();
  const numberOf = (expr: Expr): number => {
    const before = known.get(expr);
    if (before !== undefined) return before;
    const own = Object.entries(expr).filter(([name]) => !INNER.has(name));
    const names = expr.kind === 'record' ? expr.entries.map(([name]) => name) : [];
    const key = JSON.stringify([own, names, parts(expr).map(numberOf)], (_name, value: unknown) =>
      typeof value === 'bigint' ? `${value}n` : value,
    );
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    known.set(expr, number);
    return number;
  };
  const holds = (expr: Expr, number: number): boolean =>
    numberOf(expr) === number || parts(expr).some((part) => holds(part, number));
  return { numberOf, holds };
}
