import type { Expr } from './ast.ts';
import { canErr, isKnown } from './known.ts';
import { type Scene, narrow } from './scene.ts';
import { allOf, anyOf, constant, isConstant, negation } from './simplify.ts';

/** `may`: true wherever the expression could be true. `must`: true only where it is true whatever is unknown. */
export type Side = 'may' | 'must';

export interface Place {
  readonly scene: Scene;
  /**
   * Whether the full policy evaluates this place whenever the gateway does. Behind a test that only the backend can
   * make, an error might be one that the full policy never runs into, so nothing that can err is kept there.
   */
  readonly certain: boolean;
}

const other = (side: Side): Side => (side === 'may' ? 'must' : 'may');

/** Whether an expression can stand in the gateway's policy as it is. */
export const isKept = (expr: Expr, { scene, certain }: Place): boolean =>
  isKnown(expr, scene) && (certain || !canErr(expr));

/** The place behind an expression that was true. */
export const behind = (expr: Expr, place: Place): Place => ({
  scene: narrow(place.scene, expr),
  certain: place.certain && isKept(expr, place),
});

const chainBound = (expr: Extract<Expr, { kind: 'and' | 'or' }>, side: Side, start: Place): Expr => {
  let place = start;
  const of = expr.of.map((operand) => {
    const bound = boundOf(operand, side, place);
    const next = behind(operand, place);
    // The second operand of `||` is reached where the first is false, which tells nothing about types.
    place = expr.kind === 'and' ? next : { ...next, scene: place.scene };
    return bound;
  });
  return expr.kind === 'and' ? allOf(of, expr.at) : anyOf(of, expr.at);
};

const ifBound = (expr: Extract<Expr, { kind: 'if' }>, side: Side, place: Place): Expr => {
  const then = behind(expr.test, place);
  const yes = boundOf(expr.yes, side, then);
  const no = boundOf(expr.no, side, { scene: place.scene, certain: then.certain });
  if (isKept(expr.test, place)) {
    const either = [true, false].find((value) => isConstant(yes, value) && isConstant(no, value));
    return either === undefined ? { ...expr, yes, no } : constant(either);
  }
  // Each part occurs once, else nested tests would double the text level by level. The test stays before `yes`,
  // because it may hold the `has` without which `yes` would not validate.
  const tested = allOf([boundOf(expr.test, side, place), yes]);
  return side === 'may' ? anyOf([tested, no], expr.at) : tested;
};

/** What stays of a test that the gateway cannot make: the type of an entity is known even where its id is not. */
const unknownBound = (expr: Expr, side: Side): Expr => {
  if (side === 'must') return constant(false);
  if (expr.kind === 'is' && expr.in && expr.of.kind === 'variable') {
    return { kind: 'is', of: expr.of, type: expr.type, ...(expr.at && { at: expr.at }) };
  }
  if (
    expr.kind === 'compare' &&
    expr.op === '==' &&
    expr.left.kind === 'variable' &&
    expr.left.name === 'resource' &&
    expr.right.kind === 'entity'
  ) {
    return { kind: 'is', of: expr.left, type: expr.right.entity.type, ...(expr.at && { at: expr.at }) };
  }
  return constant(true);
};

/**
 * A bound of a boolean expression in Kleene's logic, over facts that the gateway knows. Where the expression is true
 * for some values of the unknown facts, `may` is true and does not err; where `must` is true, so is the expression.
 * What `has` guards stays guarded: a bound implies the same tests of presence as its expression does.
 */
export function boundOf(expr: Expr, side: Side, place: Place): Expr {
  if (isKept(expr, place)) return expr;
  switch (expr.kind) {
    case 'and':
    case 'or':
      return chainBound(expr, side, place);
    case 'not':
      return negation(boundOf(expr.of, other(side), place), expr.at);
    case 'if':
      return ifBound(expr, side, place);
    default:
      return unknownBound(expr, side);
  }
}
