import type { Arithmetic, Comparison, Method } from '../../cedar/ast.ts';
import { ancestorOf, comparedWith } from './action-operands.ts';
import type { Operator } from './call.ts';
import { guards } from './guards.ts';
import { branchOf, conditionOf, lift, nameOf } from './lift.ts';
import { patternOf } from './pattern.ts';

const compare =
  (op: Comparison): Operator =>
  (given) => ({
    kind: 'compare',
    op,
    left: given.of,
    right: comparedWith(given.args[0], given),
    at: given.at,
  });

const arithmetic =
  (op: Arithmetic): Operator =>
  ({ of, args, at }) => ({ kind: 'arithmetic', op, left: of, right: lift(args[0], at), at });

const connect =
  (kind: 'and' | 'or'): Operator =>
  ({ of, args, at }) => ({ kind, of: [of, ...args.map((arg) => conditionOf(arg, at))], at });

const call =
  (method: Method): Operator =>
  ({ of, args, at }) => ({ kind: 'call', method, of, with: args.map((arg) => lift(arg, at)), at });

const isIn: Operator = (given) => ({
  kind: 'in',
  left: given.of,
  right: ancestorOf(given.args[0], given),
  at: given.at,
});

const attr: Operator = ({ of, args: [name], at }) => ({ kind: 'attribute', of, name: nameOf(name, at), at });

const ifElse: Operator = ({ of, args: [yes, no], at }) => ({
  kind: 'if',
  test: of,
  yes: branchOf(yes, at),
  no: branchOf(no, at),
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
  ['attr', attr],
  ...guards,
  ...METHODS.map((method): [string, Operator] => [method, call(method)]),
]);
