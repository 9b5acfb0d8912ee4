import type { Expr } from '../ast.ts';
import { ARITHMETIC, COMPARISONS } from '../words.ts';
import type { Cursor } from './cursor.ts';
import { longOf } from './literals.ts';
import { bareInteger, member } from './member.ts';
import { identifier, literal, path } from './names.ts';
import { patternOf, textOf } from './unescape.ts';

/** Cedar's own limit of `!` and `-` in a row. */
const MAX_SIGNS = 4;
const RELATIONS: readonly string[] = [...COMPARISONS, 'in'];

/**
 * An expression. Chains of `&&` and of `||` come as one chain each, whatever parentheses are in them, and an extended
 * `has` as the tests that it is short for. @throws {PolicyError} at the place of what is no Cedar
 */
export function expression(cursor: Cursor): Expr {
  return cursor.nested(() => (cursor.at('if') ? conditional(cursor) : either(cursor)));
}

function conditional(cursor: Cursor): Expr {
  const from = cursor.index();
  cursor.take();
  const test = expression(cursor);
  cursor.expect('then', 'write then and a value');
  const yes = expression(cursor);
  cursor.expect('else', 'write else and a value: there is no if without one');
  return cursor.make({ kind: 'if', test, yes, no: expression(cursor) }, from);
}

const chain =
  (kind: 'and' | 'or', symbol: string, operand: (cursor: Cursor) => Expr) =>
  (cursor: Cursor): Expr => {
    const from = cursor.index();
    const first = operand(cursor);
    if (!cursor.at(symbol)) return first;
    const of = [first];
    while (cursor.accept(symbol)) of.push(operand(cursor));
    // The order of evaluation, hence every result and error, is the same without the parentheses.
    return cursor.make({ kind, of: of.flatMap((part) => (part.kind === kind ? part.of : [part])) }, from);
  };

const both = chain('and', '&&', relation);
const either = chain('or', '||', both);

function relation(cursor: Cursor): Expr {
  const from = cursor.index();
  const left = sum(cursor);
  if (cursor.accept('has')) return has(cursor, left, from);
  if (cursor.accept('like')) return like(cursor, left, from);
  if (cursor.accept('is')) return is(cursor, left, from);
  const op = cursor.peek().text;
  if (cursor.at('=')) throw cursor.unexpected('write == to compare');
  if (!RELATIONS.some((known) => cursor.at(known))) return left;
  cursor.take();
  const right = sum(cursor);
  if (RELATIONS.some((known) => cursor.at(known))) {
    throw cursor.unexpected('put one of the two comparisons in parentheses');
  }
  const comparison = COMPARISONS.find((known) => known === op);
  return cursor.make(
    comparison ? { kind: 'compare', op: comparison, left, right } : { kind: 'in', left, right },
    from,
  );
}

/** `x has a.b` is short for `x has a && x.a has b`. */
function has(cursor: Cursor, of: Expr, from: number): Expr {
  if (cursor.peek().kind === 'string') {
    return cursor.make({ kind: 'has', of, name: literal(cursor, cursor.take(), textOf) }, from);
  }
  const tests: Expr[] = [];
  let inner = of;
  do {
    const name = identifier(cursor, 'an attribute, or its name in double quotes');
    tests.push(cursor.make({ kind: 'has', of: inner, name }, from));
    inner = cursor.make({ kind: 'attribute', of: inner, name }, from);
  } while (cursor.accept('.'));
  const [only, another] = tests;
  return only && !another ? only : cursor.make({ kind: 'and', of: tests }, from);
}

function like(cursor: Cursor, of: Expr, from: number): Expr {
  if (cursor.peek().kind !== 'string') throw cursor.unexpected('write the pattern as one text');
  const pattern = literal(cursor, cursor.take(), patternOf);
  return cursor.make({ kind: 'like', of, pattern }, from);
}

function is(cursor: Cursor, of: Expr, from: number): Expr {
  const type = path(cursor, 'an entity type, without quotes');
  if (cursor.at('::')) throw cursor.unexpected('test for one entity with ==, for a type with is');
  return cursor.accept('in')
    ? cursor.make({ kind: 'is', of, type, in: sum(cursor) }, from)
    : cursor.make({ kind: 'is', of, type }, from);
}

const arithmetic =
  (symbols: readonly string[], operand: (cursor: Cursor) => Expr) =>
  (cursor: Cursor): Expr => {
    const from = cursor.index();
    let left = operand(cursor);
    for (;;) {
      const op = ARITHMETIC.find((known) => symbols.includes(known) && cursor.at(known));
      if (cursor.at('/') || cursor.at('%')) throw cursor.unexpected('Cedar has no division');
      if (!op) return left;
      cursor.take();
      left = cursor.make({ kind: 'arithmetic', op, left, right: operand(cursor) }, from);
    }
  };

const product: (cursor: Cursor) => Expr = arithmetic(['*'], unary);
const sum = arithmetic(['+', '-'], product);

function unary(cursor: Cursor): Expr {
  const sign = cursor.at('!') ? '!' : '-';
  const places: number[] = [];
  while (cursor.at(sign)) {
    if (places.length === MAX_SIGNS) throw cursor.unexpected(`write at most ${MAX_SIGNS} in a row`);
    places.push(cursor.index());
    cursor.take();
  }
  const last = places.at(-1);
  let operand: Expr;
  if (sign === '-' && last !== undefined && bareInteger(cursor)) {
    places.pop();
    operand = cursor.make({ kind: 'literal', value: longOf(cursor, cursor.take(), true) }, last);
  } else {
    operand = member(cursor, expression);
  }
  return places.reduceRight(
    (of, from) => cursor.make({ kind: sign === '!' ? 'not' : 'negate', of }, from),
    operand,
  );
}
