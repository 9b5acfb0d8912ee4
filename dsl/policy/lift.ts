import type { Expr, Site } from '../../cedar/ast.ts';
import { BuilderError } from './builder-error.ts';
import { describe } from './describe.ts';
import { exprOf } from './registry.ts';

const MIN_LONG = -(2n ** 63n);
const MAX_LONG = 2n ** 63n - 1n;

/** The expression for an operand: an expression, an entity, or a JavaScript literal. Throws `BuilderError`. */
export function lift(value: unknown, at: Site): Expr {
  const expr = exprOf(value);
  if (expr) return expr;
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return { kind: 'literal', value };
    case 'number':
    case 'bigint':
      return { kind: 'literal', value: long(value, at) };
    default:
      if (Array.isArray(value))
        return setOf(
          value.map((element) => lift(element, at)),
          at,
        );
      throw new BuilderError({
        site: at,
        code: 'NOT_A_VALUE',
        message: `${describe(value)} is no value of a policy`,
        remedy: 'give an attribute, an entity, a string, a boolean, an integer or a list of these',
      });
  }
}

/** A set. Throws `BuilderError` for an empty one, which Cedar's strict validation refuses. */
export function setOf(elements: readonly Expr[], at: Site): Expr {
  if (elements.length === 0) {
    throw new BuilderError({
      site: at,
      code: 'EMPTY_SET',
      message: 'Cedar cannot tell the type of an empty set',
      remedy: 'name at least one element, or leave the test out',
    });
  }
  return { kind: 'set', of: elements, at };
}

/**
 * What a condition or a test returned. Booleans are refused: `!a`, `a === b` and `a > b` give one, whatever the
 * request says. Throws `BuilderError`.
 */
export function conditionOf(value: unknown, at: Site): Expr {
  const expr = exprOf(value);
  if (expr) return expr;
  throw new BuilderError({
    site: at,
    code: 'NOT_A_CONDITION',
    message: `the condition is ${describe(value)}, which no request can change`,
    remedy: 'return an expression: .eq(), .not() and .and() in place of ===, ! and &&, and no missing return',
  });
}

function long(value: number | bigint, at: Site): bigint {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    throw new BuilderError({
      site: at,
      code: 'BAD_LONG',
      message: `${value} is no safe integer`,
      remedy: 'write an integer, as a bigint (9007199254740993n) beyond 2^53',
    });
  }
  const exact = BigInt(value);
  if (exact < MIN_LONG || exact > MAX_LONG) {
    throw new BuilderError({
      site: at,
      code: 'BAD_LONG',
      message: `${exact} does not fit 64 bits`,
      remedy: `stay between ${MIN_LONG} and ${MAX_LONG}`,
    });
  }
  return exact;
}
