import type { Expr, Site } from './ast.ts';

const TRUE: Expr = { kind: 'literal', value: true };
const FALSE: Expr = { kind: 'literal', value: false };

export const constant = (value: boolean): Expr => (value ? TRUE : FALSE);

export const isConstant = (expr: Expr, value: boolean): boolean =>
  expr.kind === 'literal' && expr.value === value;

/** A chain without what cannot change its result; an error of an operand may be lost with it. */
const chain = (kind: 'and' | 'or', of: readonly Expr[], at?: Site): Expr => {
  const neutral = kind === 'and';
  if (of.some((operand) => isConstant(operand, !neutral))) return constant(!neutral);
  const kept = of.filter((operand) => !isConstant(operand, neutral));
  const [first, second] = kept;
  if (!first) return constant(neutral);
  return second ? { kind, of: kept, ...(at && { at }) } : first;
};

export const allOf = (of: readonly Expr[], at?: Site): Expr => chain('and', of, at);
export const anyOf = (of: readonly Expr[], at?: Site): Expr => chain('or', of, at);

export const negation = (of: Expr, at?: Site): Expr => {
  if (of.kind === 'literal' && typeof of.value === 'boolean') return constant(!of.value);
  return { kind: 'not', of, ...(at && { at }) };
};
