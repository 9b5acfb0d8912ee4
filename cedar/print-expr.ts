import { balance, operands } from './balance.ts';
import type { EntityLiteral, Expr } from './ast.ts';
import { isIdentifier, isTypeName } from './names.ts';
import { PolicyError } from './policy-error.ts';
import { quote, quotePattern } from './quote.ts';
import { type Rope, join, place } from './rope.ts';

export interface PrintOptions {
  /** Put before the ids of owned principals and groups: `acme` prints `acme|PAYEE_MGMT`. */
  readonly prefix: string;
}

/** How tightly a construct binds, as in the grammar of Cedar. An operand that binds less gets parentheses. */
export const LEVEL = {
  if: 0,
  or: 1,
  and: 2,
  relation: 3,
  sum: 4,
  product: 5,
  unary: 6,
  member: 7,
  primary: 8,
};

const MIN_LONG = -(2n ** 63n);
const MAX_LONG = 2n ** 63n - 1n;

/** A chain of one operand is printed as that operand. */
const unwrapped = (expr: Expr): Expr => {
  if (expr.kind !== 'and' && expr.kind !== 'or') return expr;
  const [first, second] = operands(expr);
  return first && !second ? unwrapped(first) : expr;
};

const levelOf = (given: Expr): number => {
  const expr = unwrapped(given);
  switch (expr.kind) {
    case 'if':
      return LEVEL.if;
    case 'and':
    case 'or':
      return LEVEL[expr.kind];
    case 'compare':
    case 'in':
    case 'is':
    case 'has':
    case 'like':
      return LEVEL.relation;
    case 'arithmetic':
      return expr.op === '*' ? LEVEL.product : LEVEL.sum;
    case 'not':
    case 'negate':
      return LEVEL.unary;
    case 'attribute':
    case 'call':
      return LEVEL.member;
    case 'literal':
      return typeof expr.value === 'bigint' && expr.value < 0n ? LEVEL.unary : LEVEL.primary;
    default:
      return LEVEL.primary;
  }
};

const isLong = (given: Expr): boolean => {
  const expr = unwrapped(given);
  return expr.kind === 'literal' && typeof expr.value === 'bigint';
};

/** A type's name. @throws {PolicyError} when it is none, so that no name can smuggle other text into a policy. */
export const typeName = (type: string): string => {
  if (isTypeName(type)) return type;
  throw new PolicyError({
    code: 'TYPE_NAME_INVALID',
    message: `${JSON.stringify(type)} is no type name`,
    remedy: 'write identifiers joined by "::"',
  });
};

/** `Payments::Group::"acme|PAYEE_MGMT"` */
export const printEntity = ({ type, id, owned }: EntityLiteral, { prefix }: PrintOptions): string =>
  `${typeName(type)}::${quote(owned ? `${prefix}|${id}` : id)}`;

const long = (value: bigint): string => {
  if (value >= MIN_LONG && value <= MAX_LONG) return value.toString();
  throw new PolicyError({
    code: 'LONG_OUT_OF_RANGE',
    message: `${value} is no 64-bit integer`,
    remedy: `a Long is between ${MIN_LONG} and ${MAX_LONG}`,
  });
};

/** An expression as an operand: in parentheses if it binds less than `atLeast`. */
export const operandRope = (expr: Expr, atLeast: number, options: PrintOptions): Rope =>
  levelOf(expr) < atLeast ? ['(', exprRope(expr, options), ')'] : exprRope(expr, options);

/** An expression as a rope. Chains are balanced on the way. */
export function exprRope(expr: Expr, options: PrintOptions): Rope {
  const operand = (inner: Expr, atLeast: number): Rope => operandRope(inner, atLeast, options);
  const list = (of: readonly Expr[]): Rope =>
    join(
      of.map((inner) => exprRope(inner, options)),
      ', ',
    );
  const binary = (left: Rope, op: string, right: Rope): Rope => [left, ` ${op} `, right];

  const print = (): Rope => {
    switch (expr.kind) {
      case 'literal':
        if (typeof expr.value === 'string') return quote(expr.value);
        return typeof expr.value === 'bigint' ? long(expr.value) : String(expr.value);
      case 'entity':
        return printEntity(expr.entity, options);
      case 'variable':
        return expr.name;
      case 'slot':
        return `?${expr.slot}`;
      case 'and':
      case 'or': {
        const balanced = balance(expr);
        if (balanced.kind !== expr.kind) return exprRope(balanced, options);
        // `a && b || c` needs no parentheses, but its readers do.
        return join(
          balanced.of.map((inner) => operand(inner, LEVEL.relation)),
          expr.kind === 'and' ? ' && ' : ' || ',
        );
      }
      case 'not':
        return ['!', operand(expr.of, LEVEL.member)];
      case 'negate':
        // `-5` is a literal, `-(5)` its negation.
        return isLong(expr.of)
          ? ['-(', exprRope(expr.of, options), ')']
          : ['-', operand(expr.of, LEVEL.member)];
      case 'compare':
        return binary(operand(expr.left, LEVEL.sum), expr.op, operand(expr.right, LEVEL.sum));
      case 'arithmetic': {
        const level = levelOf(expr);
        return binary(operand(expr.left, level), expr.op, operand(expr.right, level + 1));
      }
      case 'in':
        return binary(operand(expr.left, LEVEL.sum), 'in', operand(expr.right, LEVEL.sum));
      case 'is': {
        const test = binary(operand(expr.of, LEVEL.sum), 'is', typeName(expr.type));
        return expr.in ? [test, ' in ', operand(expr.in, LEVEL.sum)] : test;
      }
      case 'has':
        return binary(
          operand(expr.of, LEVEL.sum),
          'has',
          isIdentifier(expr.name) ? expr.name : quote(expr.name),
        );
      case 'like':
        return binary(operand(expr.of, LEVEL.sum), 'like', quotePattern(expr.pattern));
      case 'attribute':
        return [
          operand(expr.of, LEVEL.member),
          isIdentifier(expr.name) ? `.${expr.name}` : `[${quote(expr.name)}]`,
        ];
      case 'call':
        return [operand(expr.of, LEVEL.member), `.${expr.method}(`, list(expr.with), ')'];
      case 'if': {
        const [test, yes, no] = [expr.test, expr.yes, expr.no].map((inner) => exprRope(inner, options));
        return ['if ', test!, ' then ', yes!, ' else ', no!];
      }
      case 'set':
        return ['[', list(expr.of), ']'];
      case 'record':
        return [
          '{',
          join(
            expr.entries.map(([name, value]) => [`${quote(name)}: `, exprRope(value, options)]),
            ', ',
          ),
          '}',
        ];
      default:
        return `${expr.fn}(${quote(expr.text)})`;
    }
  };

  try {
    return place(print(), expr.at);
  } catch (error) {
    // The innermost expression whose place is known is the one to point at.
    if (!(error instanceof PolicyError) || error.site || !expr.at) throw error;
    throw new PolicyError({ code: error.code, message: error.message, remedy: error.remedy, site: expr.at });
  }
}
