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
      return { kind: 'literal', value: long(value, at), at };
    default:
      if (Array.isArray(value)) {
        const elements = value.map((element) => lift(element, at));
        return setOf(elements, at);
      }
      if (isPlain(value)) return recordOf(value, at);
      throw new BuilderError({
        site: at,
        code: 'NOT_A_VALUE',
        message: `${describe(value)} is no value of a policy`,
        remedy: 'give an attribute, an entity, a string, a boolean, an integer, or a list or record of these',
      });
  }
}

/** An object that was written out: no instance of a class, which has more to it than its properties. */
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** A record. Throws `BuilderError`. */
export function recordOf(attributes: object, at: Site): Expr {
  const entries = Object.entries(attributes).map(([name, value]) => [name, lift(value, at)] as const);
  return { kind: 'record', entries, at };
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

/**
 * A branch of `if`: any value, but no boolean of JavaScript's, for the same reason. Throws `BuilderError`.
 */
export function branchOf(value: unknown, at: Site): Expr {
  return value === undefined || typeof value === 'boolean' ? conditionOf(value, at) : lift(value, at);
}

/** The name of an attribute. Throws `BuilderError`. */
export function nameOf(name: unknown, at: Site): string {
  if (typeof name === 'string') return name;
  throw new BuilderError({
    site: at,
    code: 'BAD_OPERAND',
    message: `${describe(name)} is no name of an attribute`,
    remedy: "write the name as text: .attr('name')",
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
