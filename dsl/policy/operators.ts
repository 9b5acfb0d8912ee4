import type { Arithmetic, Comparison, Expr, Method, Site } from '../../cedar/ast.ts';
import { BuilderError } from './builder-error.ts';
import type { Express } from './expression.ts';
import { conditionOf, lift } from './lift.ts';
import { patternOf } from './pattern.ts';
import { consume } from './recorder.ts';
import type { Names } from './vocabulary.ts';

/** One call of an operator: `of.name(...args)`. */
export interface Call {
  readonly of: Expr;
  readonly args: readonly unknown[];
  readonly at: Site;
  readonly names: Names;
  /** The value that stands for an expression, to be handed to a callback. */
  readonly value: Express;
}
type Operator = (call: Call) => Expr;

const compare =
  (op: Comparison): Operator =>
  ({ of, args, at }) => ({ kind: 'compare', op, left: of, right: lift(args[0], at), at });

const arithmetic =
  (op: Arithmetic): Operator =>
  ({ of, args, at }) => ({ kind: 'arithmetic', op, left: of, right: lift(args[0], at), at });

const connect =
  (kind: 'and' | 'or'): Operator =>
  ({ of, args, at }) => ({ kind, of: [of, ...args.map((arg) => conditionOf(arg, at))], at });

const call =
  (method: Method): Operator =>
  ({ of, args, at }) => ({ kind: 'call', method, of, with: args.map((arg) => lift(arg, at)), at });

const isIn: Operator = ({ of, args: [ancestor], at }) => ({
  kind: 'in',
  left: of,
  right: lift(ancestor, at),
  at,
});

const is: Operator = ({ of, args: [type, test], at, names, value }) => {
  const narrows: Expr = { kind: 'is', of, type: names.entityType(type, at), at };
  return test === undefined
    ? narrows
    : {
        kind: 'and',
        of: [
          narrows,
          tested(
            test,
            value(() => of),
            at,
          ),
        ],
        at,
      };
};

/** `.has('name', test?)` on an entity or record, `.has(test)` on an optional attribute. */
const has: Operator = ({ of, args: [first, test], at, value }) => {
  if (typeof first === 'string') {
    const present: Expr = { kind: 'has', of, name: first, at };
    if (test === undefined) return present;
    const attribute: Expr = { kind: 'attribute', of, name: first, at };
    return {
      kind: 'and',
      of: [
        present,
        tested(
          test,
          value(() => attribute),
          at,
        ),
      ],
      at,
    };
  }
  return {
    kind: 'and',
    of: [
      exists(of, at),
      tested(
        first,
        value(() => of),
        at,
      ),
    ],
    at,
  };
};

const orElse: Operator = ({ of, args: [fallback], at }) => ({
  kind: 'if',
  test: exists(of, at),
  yes: of,
  no: lift(fallback, at),
  at,
});

const attr: Operator = ({ of, args: [name], at }) => {
  if (typeof name === 'string') return { kind: 'attribute', of, name, at };
  throw misused('.attr() takes the name of an attribute', "write .attr('name')", at);
};

const ifElse: Operator = ({ of, args: [yes, no], at }) => ({
  kind: 'if',
  test: of,
  yes: conditionOf(yes, at),
  no: conditionOf(no, at),
  at,
});

/** Written in a policy as in Cedar. */
// prettier-ignore
const METHODS: readonly Method[] = [
  'contains', 'containsAll', 'containsAny', 'isEmpty',
  'isInRange', 'isIpv4', 'isIpv6', 'isLoopback', 'isMulticast',
  'lessThan', 'lessThanOrEqual', 'greaterThan', 'greaterThanOrEqual',
  'offset', 'durationSince', 'toDate', 'toTime',
  'toMilliseconds', 'toSeconds', 'toMinutes', 'toHours', 'toDays',
];

/** By the name that policies use. An attribute of the same name is told apart by not being called. */
export const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['eq', compare('==')],
  ['ne', compare('!=')],
  ['lt', compare('<')],
  ['lte', compare('<=')],
  ['gt', compare('>')],
  ['gte', compare('>=')],
  ['plus', arithmetic('+')],
  ['minus', arithmetic('-')],
  ['times', arithmetic('*')],
  ['negate', ({ of, at }) => ({ kind: 'negate', of, at })],
  ['and', connect('and')],
  ['or', connect('or')],
  ['not', ({ of, at }) => ({ kind: 'not', of, at })],
  ['ifElse', ifElse],
  ['like', ({ of, args, at }) => ({ kind: 'like', of, pattern: patternOf(args[0], at), at })],
  ['in', isIn],
  ['is', is],
  ['has', has],
  ['exists', ({ of, at }) => exists(of, at)],
  ['orElse', orElse],
  ['attr', attr],
  ...METHODS.map((method): [string, Operator] => [method, call(method)]),
]);

function exists(attribute: Expr, at: Site): Expr {
  if (attribute.kind !== 'attribute') {
    throw misused('only an attribute can be absent', 'test the attribute itself', at);
  }
  consume(attribute);
  return { kind: 'has', of: attribute.of, name: attribute.name, at };
}

function tested(test: unknown, value: object, at: Site): Expr {
  if (typeof test === 'function') return conditionOf(test(value), at);
  throw misused('the test is no function', 'write (value) => value.eq(…)', at);
}

function misused(message: string, remedy: string, site: Site): BuilderError {
  return new BuilderError({ site, code: 'BAD_OPERAND', message, remedy });
}
