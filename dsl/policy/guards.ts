import type { Expr } from '../../cedar/ast.ts';
import { BuilderError } from './builder-error.ts';
import { ancestorOf } from './action-operands.ts';
import type { Call, Operator } from './call.ts';
import { branchOf, conditionOf, lift, nameOf } from './lift.ts';
import { consume } from './recorder.ts';
import { exprOf } from './registry.ts';

/** A test, and what may be read where it holds. */
interface Guard {
  readonly test: Expr;
  readonly value: Expr;
  /** What of the arguments is left for callbacks. */
  readonly rest: readonly unknown[];
}
type GuardOf = (call: Call) => Guard;

/** `.is('User', …)`: in Cedar, the entity itself has the narrower type from there on. */
const ofType: GuardOf = ({ of, args: [type, ...rest], at, names }) => ({
  test: { kind: 'is', of, type: names.testedType(type, at), at },
  value: of,
  rest,
});

/** `.isIn('User', ancestor, …)` */
const ofTypeIn: GuardOf = (call) => {
  const { of, args, at, names } = call;
  const [type, ancestor, ...rest] = args;
  return {
    test: { kind: 'is', of, type: names.testedType(type, at), in: ancestorOf(ancestor, call), at },
    value: of,
    rest,
  };
};

/** `.has('name', …)` of an entity or a record. */
const attributeNamed: GuardOf = ({ of, args: [given, ...rest], at }) => {
  const name = nameOf(given, at);
  return { test: { kind: 'has', of, name, at }, value: { kind: 'attribute', of, name, at }, rest };
};

/** `.exists()`, `.has(…)` and the like of an attribute: the test takes the attribute's place. */
const theAttribute: GuardOf = ({ of, args, at }) => {
  if (of.kind !== 'attribute') {
    throw misused('only an attribute can be absent', 'test the attribute itself', at);
  }
  consume(of);
  return { test: { kind: 'has', of: of.of, name: of.name, at }, value: of, rest: args };
};

/** `.tag('key', …)` */
const tagged: GuardOf = ({ of, args: [given, ...rest], at }) => {
  const key = lift(given, at);
  return {
    test: { kind: 'call', method: 'hasTag', of, with: [key], at },
    value: { kind: 'call', method: 'getTag', of, with: [key], at },
    rest,
  };
};

/** The test alone. */
const holds =
  (guardOf: GuardOf): Operator =>
  (call) =>
    guardOf(call).test;

/** The test and, where it holds, a condition on the value. */
const holdsAnd =
  (guardOf: GuardOf): Operator =>
  (call) => {
    const { test, value, rest } = guardOf(call);
    const condition = conditionOf(callback(rest[0], value, call), call.at);
    return { kind: 'and', of: [test, condition], at: call.at };
  };

/** The test alone, or with a condition on the value. */
const holdsPerhapsAnd =
  (guardOf: GuardOf, condition: number): Operator =>
  (call) =>
    (call.args[condition] === undefined ? holds : holdsAnd)(guardOf)(call);

/** One value where the test holds and another where it does not. */
const chooses =
  (guardOf: GuardOf): Operator =>
  (call) => {
    const { test, value, rest } = guardOf(call);
    const [present, absent] = rest;
    const yes = branchOf(callback(present, value, call), call.at);
    // Where an entity is not of one type, it is of another: `ifIs` hands it on.
    const isCallback = typeof absent === 'function' && exprOf(absent) === undefined;
    const no = branchOf(isCallback ? callback(absent, value, call) : absent, call.at);
    return { kind: 'if', test, yes, no, at: call.at };
  };

const has: Operator = (call) =>
  typeof call.args[0] === 'string' ? holdsPerhapsAnd(attributeNamed, 1)(call) : holdsAnd(theAttribute)(call);

const orElse: Operator = (call) => {
  const { test, value, rest } = theAttribute(call);
  return { kind: 'if', test, yes: value, no: lift(rest[0], call.at), at: call.at };
};

/** `.guarded()` of an optional attribute, `.guarded('name')` of an entity or a record: the value without a test. */
const guarded: Operator = (call) => {
  if (call.args.length > 0) return attributeNamed(call).value;
  if (call.of.kind === 'attribute') return call.of;
  throw misused('only an attribute can be absent', "name it: .guarded('name')", call.at);
};

const guardedTag: Operator = (call) => tagged(call).value;

/** Operators that test what Cedar wants to be tested before it is read. By the name that policies use. */
export const guards: readonly (readonly [name: string, operator: Operator])[] = [
  ['is', holdsPerhapsAnd(ofType, 1)],
  ['isIn', holdsPerhapsAnd(ofTypeIn, 2)],
  ['ifIs', chooses(ofType)],
  ['has', has],
  ['ifHas', chooses(attributeNamed)],
  ['exists', holds(theAttribute)],
  ['orElse', orElse],
  ['ifPresent', chooses(theAttribute)],
  ['hasTag', holds(tagged)],
  ['tag', holdsAnd(tagged)],
  ['ifTag', chooses(tagged)],
  ['guarded', guarded],
  ['guardedTag', guardedTag],
];

function callback(given: unknown, value: Expr, call: Call): unknown {
  if (typeof given === 'function' && exprOf(given) === undefined) return given(call.value(() => value));
  throw misused('the test is no function', 'write (value) => value.eq(…)', call.at);
}

function misused(message: string, remedy: string, site: Call['at']): BuilderError {
  return new BuilderError({ site, code: 'BAD_OPERAND', message, remedy });
}
