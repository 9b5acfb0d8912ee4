import type { Clause, Expr } from './ast.ts';

/**
 * The engine recurses once for each operand of a chain: a chain of 366 operands parses and validates, then
 * overflows the engine's stack when it is evaluated. A balanced tree of 5,000 operands does not.
 * So longer chains than this become trees; shorter ones read better as they are.
 */
const LONGEST_CHAIN = 8;

type Chain = Extract<Expr, { kind: 'and' | 'or' }>;

/** The operands of a chain and of the chains directly in it: `(a && b) && c` evaluates as `a && b && c`. */
export const operands = (chain: Chain): Expr[] =>
  chain.of.flatMap((operand) => (operand.kind === chain.kind ? operands(operand) : [operand]));

const tree = (kind: Chain['kind'], of: readonly Expr[]): Expr => {
  if (of.length <= LONGEST_CHAIN) return of.length === 1 ? of[0]! : { kind, of };
  const size = Math.ceil(of.length / LONGEST_CHAIN);
  const groups = Array.from({ length: Math.ceil(of.length / size) }, (_, i) =>
    tree(kind, of.slice(i * size, (i + 1) * size)),
  );
  return { kind, of: groups };
};

/** A chain as the tree to print: order of evaluation, result and errors are those of the chain. */
export const balance = (chain: Chain): Expr => {
  const balanced = tree(chain.kind, operands(chain));
  if (balanced.kind === chain.kind) return chain.at ? { ...balanced, at: chain.at } : balanced;
  // The only operand of its chain may be a long chain of the other kind.
  return balanced.kind === 'and' || balanced.kind === 'or' ? balance(balanced) : balanced;
};

/** Clauses are a chain too: past the same length they become one. */
export const balanceClauses = (clauses: readonly Clause[]): readonly Clause[] => {
  if (clauses.length <= LONGEST_CHAIN) return clauses;
  const of = clauses.map(({ kind, body, at }): Expr => {
    if (kind === 'when') return body;
    return at ? { kind: 'not', of: body, at } : { kind: 'not', of: body };
  });
  return [{ kind: 'when', body: { kind: 'and', of } }];
};
