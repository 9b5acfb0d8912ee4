import type { Expr } from '../../../../cedar/ast.ts';
import { calledOn, isInside } from './calls.ts';
import { bool, type Encoding, fitting, type Outcome, sure } from './encoding.ts';
import { equalValues } from './equality.ts';
import { constructed } from './extension-calls.ts';
import { merged } from './merge.ts';
import { isLike } from './patterns.ts';
import { asEntity, asScalar, type Field, scalar, termOf, typeOf, type Value } from './symbolic.ts';
import { and, constant, either, equal, FALSE, integer, not, or, type Term, TRUE } from '../language/term.ts';
import { Unsupported } from '../unsupported.ts';

/**
 * What an expression comes to for all requests at once. What a constant rules out is not looked at, as the validator
 * does not: there an expression need not have a type.
 */
export function encodeExpr(expr: Expr, encoding: Encoding): Outcome {
  const { script, sorts } = encoding;
  const { value, errs } = outcomeOf(expr, encoding);
  const shared =
    value.kind === 'scalar' ? scalar(value.type, script.share(value.term, sorts.of(value.type))) : value;
  return { value: shared, errs: script.share(errs, 'Bool') };
}

function outcomeOf(expr: Expr, encoding: Encoding): Outcome {
  const { sorts, values, variables } = encoding;
  const of = (inner: Expr, make: (value: Value) => Outcome): Outcome => {
    const given = encodeExpr(inner, encoding);
    const made = make(given.value);
    return { value: made.value, errs: or(given.errs, made.errs) };
  };
  const ofBoth = (left: Expr, right: Expr, make: (left: Value, right: Value) => Outcome): Outcome =>
    of(left, (first) => of(right, (second) => make(first, second)));
  switch (expr.kind) {
    case 'literal':
      return sure(literal(expr.value, encoding));
    case 'entity':
      return sure(scalar({ kind: 'Entity', name: expr.entity.type }, sorts.entity(expr.entity)));
    case 'variable':
      return sure(expr.name === 'context' ? values.context() : variables[expr.name]);
    case 'and':
    case 'or':
      return connected(expr.of, expr.kind === 'and', encoding);
    case 'not':
      return of(expr.of, (value) => bool(not(asScalar(value, 'Bool'))));
    case 'negate':
      return of(expr.of, (value) => fitting('Long', `(- ${asScalar(value, 'Long')})`));
    case 'compare':
      return ofBoth(expr.left, expr.right, (left, right) => compared(expr.op, left, right, encoding));
    case 'arithmetic':
      return ofBoth(expr.left, expr.right, (left, right) =>
        fitting('Long', `(${expr.op} ${asScalar(left, 'Long')} ${asScalar(right, 'Long')})`),
      );
    case 'in':
      return ofBoth(expr.left, expr.right, (left, right) => bool(isInside(left, right, encoding)));
    case 'is':
      return of(expr.of, (value) => {
        if (asEntity(value).type !== expr.type) return bool(FALSE);
        return expr.in ? of(expr.in, (upper) => bool(isInside(value, upper, encoding))) : bool(TRUE);
      });
    case 'has':
      return of(expr.of, (value) => bool(fieldOf(value, expr.name, encoding)?.present ?? FALSE));
    case 'attribute':
      return of(expr.of, (value) => {
        const field = fieldOf(value, expr.name, encoding);
        if (!field) throw new Unsupported('an attribute that its type does not have');
        return { value: field.value(), errs: not(field.present) };
      });
    case 'like':
      return of(expr.of, (value) => bool(isLike(asScalar(value, 'String'), expr.pattern)));
    case 'if':
      return conditional(expr, encoding);
    case 'set':
      return setOf(expr.of, encoding);
    case 'record':
      return recordOf(expr.entries, encoding);
    case 'construct':
      return sure(constructed(expr.fn, expr.text, sorts));
    case 'call': {
      const [argument] = expr.with;
      const called = (value: Value, other?: Value): Outcome => calledOn(expr.method, value, other, encoding);
      return argument ? ofBoth(expr.of, argument, called) : of(expr.of, (value) => called(value));
    }
    default:
      throw new Unsupported('a slot that no link fills');
  }
}

function literal(value: boolean | bigint | string, { sorts }: Encoding): Value {
  if (typeof value === 'boolean') return scalar({ kind: 'Bool' }, constant(value));
  return typeof value === 'bigint'
    ? scalar({ kind: 'Long' }, integer(value))
    : scalar({ kind: 'String' }, sorts.text(value));
}

/** `&&` and `||`: what comes behind an operand that decides is not evaluated. */
function connected(operands: readonly Expr[], all: boolean, encoding: Encoding): Outcome {
  const { script } = encoding;
  let reached: Term = TRUE;
  let value: Term = constant(all);
  let errs: Term = FALSE;
  for (const operand of operands) {
    const next = encodeExpr(operand, encoding);
    const term = asScalar(next.value, 'Bool');
    errs = script.share(or(errs, and(reached, next.errs)), 'Bool');
    value = script.share(all ? and(value, term) : or(value, term), 'Bool');
    reached = all ? value : not(value);
    if (reached === FALSE) break;
  }
  return { ...bool(value), errs };
}

function conditional({ test, yes, no }: Extract<Expr, { kind: 'if' }>, encoding: Encoding): Outcome {
  const condition = encodeExpr(test, encoding);
  const holds = asScalar(condition.value, 'Bool');
  if (holds === TRUE || holds === FALSE) {
    const chosen = encodeExpr(holds === TRUE ? yes : no, encoding);
    return { value: chosen.value, errs: or(condition.errs, chosen.errs) };
  }
  const [one, other] = [encodeExpr(yes, encoding), encodeExpr(no, encoding)];
  return {
    value: merged(holds, one.value, other.value, encoding),
    errs: or(condition.errs, either(holds, one.errs, other.errs)),
  };
}

function compared(
  op: Extract<Expr, { kind: 'compare' }>['op'],
  left: Value,
  right: Value,
  encoding: Encoding,
): Outcome {
  if (op === '==') return bool(equalValues(left, right, encoding));
  if (op === '!=') return bool(not(equalValues(left, right, encoding)));
  const kind = left.kind === 'scalar' ? left.type.kind : 'Long';
  return bool(`(${op} ${asScalar(left, kind)} ${asScalar(right, kind)})`);
}

function fieldOf(value: Value, name: string, { values }: Encoding): Field | undefined {
  if (value.kind === 'record') return value.fields.get(name);
  return values.attributes(asEntity(value)).fields.get(name);
}

function setOf(inner: readonly Expr[], encoding: Encoding): Outcome {
  const { sets, sorts } = encoding;
  const elements = inner.map((each) => encodeExpr(each, encoding));
  const [first] = elements;
  if (!first) throw new Unsupported('a set literal without elements');
  const of = typeOf(first.value);
  const listed = elements.map(({ value }) => sets.element(of, termOf(value, of, sorts, sets.arrayOf)));
  const has = (element: Term): Term => or(...listed.map((each) => equal(each, element)));
  return { value: { kind: 'set', of, has, listed }, errs: or(...elements.map(({ errs }) => errs)) };
}

function recordOf(entries: Extract<Expr, { kind: 'record' }>['entries'], encoding: Encoding): Outcome {
  const outcomes = entries.map(([name, inner]) => [name, encodeExpr(inner, encoding)] as const);
  const fields = outcomes.map(([name, { value }]): [string, Field] => [
    name,
    { present: TRUE, value: () => value },
  ]);
  return {
    value: { kind: 'record', fields: new Map(fields) },
    errs: or(...outcomes.map(([, { errs }]) => errs)),
  };
}
