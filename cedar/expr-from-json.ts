import type { EntityUid, Expr, Method, PatternPart } from './ast.ts';
import { PolicyError } from './policy-error.ts';
import {
  ARITHMETIC,
  COMPARISONS,
  CONSTRUCTORS,
  CORE_METHODS,
  EXTENSION_METHODS,
  VARIABLES,
} from './words.ts';

type Json = Readonly<Record<string, unknown>>;

/** What Cedar's JSON form holds that this language has no word for, or that is no policy at all. */
export const unreadable = (what: string): PolicyError =>
  new PolicyError({
    code: 'POLICY_UNREADABLE',
    message: `the policy holds ${what}`,
    remedy: 'write it with the constructs of Cedar 4 that this project knows',
  });

const isOneOf = <T extends string>(names: readonly T[], name: string): name is T =>
  names.some((known) => known === name);

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const record = (value: unknown): Json => {
  if (isJson(value)) return value;
  throw unreadable('a value where an object should be');
};

export const list = (value: unknown): readonly unknown[] => {
  if (Array.isArray(value)) return value;
  throw unreadable('a value where a list should be');
};

export const string = (value: unknown): string => {
  if (typeof value === 'string') return value;
  throw unreadable('a value where a text should be');
};

export const uid = (value: unknown): EntityUid => {
  const { type, id } = record(value);
  return { type: string(type), id: string(id) };
};

const long = (value: number): Expr => {
  // The engine's JSON form carries integers as doubles: past 2^53 it names another integer than the text did.
  if (Number.isSafeInteger(value)) return { kind: 'literal', value: BigInt(value) };
  throw new PolicyError({
    code: 'LONG_INEXACT',
    message: 'the policy holds an integer past 2^53, which its JSON form cannot carry exactly',
    remedy: 'use an integer between -9007199254740991 and 9007199254740991',
  });
};

const value = (json: unknown): Expr => {
  if (typeof json === 'string' || typeof json === 'boolean') return { kind: 'literal', value: json };
  if (typeof json === 'number') return long(json);
  // A file that is read exactly has integers of any size; the printer refuses those past 64 bits.
  if (typeof json === 'bigint') return { kind: 'literal', value: json };
  if (Array.isArray(json)) return { kind: 'set', of: json.map(value) };
  const object = record(json);
  if ('__entity' in object) return { kind: 'entity', entity: uid(object['__entity']) };
  if ('__extn' in object) {
    const { fn, arg } = record(object['__extn']);
    return construct(string(fn), string(arg));
  }
  return { kind: 'record', entries: Object.entries(object).map(([name, inner]) => [name, value(inner)]) };
};

const construct = (fn: string, text: string): Expr => {
  if (isOneOf(CONSTRUCTORS, fn)) return { kind: 'construct', fn, text };
  throw unreadable(`a function ${fn}`);
};

const extension = (fn: string, args: readonly unknown[]): Expr => {
  if (isOneOf(CONSTRUCTORS, fn)) {
    const [only] = args;
    return construct(fn, string(record(only)['Value']));
  }
  if (!isOneOf(EXTENSION_METHODS, fn)) throw unreadable(`a function ${fn}`);
  const [receiver, ...rest] = args.map(exprFromJson);
  if (!receiver) throw unreadable(`${fn} without an operand`);
  return { kind: 'call', method: fn, of: receiver, with: rest };
};

const coreCall = (method: Method, body: Json): Expr =>
  'arg' in body
    ? { kind: 'call', method, of: exprFromJson(body['arg']), with: [] }
    : { kind: 'call', method, of: exprFromJson(body['left']), with: [exprFromJson(body['right'])] };

/** The engine gives the text of a pattern character by character. */
const pattern = (json: unknown): PatternPart[] => {
  const read: PatternPart[] = [];
  for (const part of list(json)) {
    const last = read.at(-1);
    const text = part === 'Wildcard' ? undefined : string(record(part)['Literal']);
    if (text === undefined) read.push('wildcard');
    else if (last === undefined || last === 'wildcard') read.push({ text });
    else read[read.length - 1] = { text: last.text + text };
  }
  return read;
};

/** `context has a.b` is short for `context has a && context.a has b`. */
const has = (of: Expr, names: readonly string[]): Expr => {
  const tests = names.map((name, i): Expr => ({ kind: 'has', of: path(of, names.slice(0, i)), name }));
  const [first, second] = tests;
  if (!first) throw unreadable('has without an attribute');
  return second ? { kind: 'and', of: tests } : first;
};

const path = (of: Expr, names: readonly string[]): Expr =>
  names.reduce<Expr>((inner, name) => ({ kind: 'attribute', of: inner, name }), of);

/** The operands of a chain that leans to the left, without recursing once for each. */
const chain = (op: '&&' | '||', json: Json): Expr[] => {
  const found: unknown[] = [];
  let rest: unknown = json;
  while (isJson(rest) && op in rest) {
    const { left, right } = record(rest[op]);
    found.push(right);
    rest = left;
  }
  return [rest, ...found.reverse()].map(exprFromJson);
};

/**
 * An expression from Cedar's JSON form.
 * @throws {PolicyError} for what the form cannot carry exactly or this language does not know
 */
export function exprFromJson(json: unknown): Expr {
  const object = record(json);
  const [op, ...others] = Object.keys(object);
  if (op === undefined || others.length > 0) throw unreadable('an expression without exactly one operator');
  const body = object[op];
  const part = (name: string): Expr => exprFromJson(record(body)[name]);

  if (isOneOf(COMPARISONS, op)) return { kind: 'compare', op, left: part('left'), right: part('right') };
  if (isOneOf(ARITHMETIC, op)) return { kind: 'arithmetic', op, left: part('left'), right: part('right') };
  if (isOneOf(CORE_METHODS, op)) return coreCall(op, record(body));
  switch (op) {
    case 'Value':
      return value(body);
    case 'Var': {
      const name = string(body);
      if (!isOneOf(VARIABLES, name)) throw unreadable('an unknown variable');
      return { kind: 'variable', name };
    }
    case '&&':
      return { kind: 'and', of: chain(op, object) };
    case '||':
      return { kind: 'or', of: chain(op, object) };
    case '!':
      return { kind: 'not', of: part('arg') };
    case 'neg':
      return { kind: 'negate', of: part('arg') };
    case 'in':
      return { kind: 'in', left: part('left'), right: part('right') };
    case 'is': {
      const { left, entity_type: type, in: ancestor } = record(body);
      const test = { kind: 'is', of: exprFromJson(left), type: string(type) } as const;
      return ancestor === undefined ? test : { ...test, in: exprFromJson(ancestor) };
    }
    case 'has': {
      const { left, attr } = record(body);
      return has(exprFromJson(left), (Array.isArray(attr) ? attr : [attr]).map(string));
    }
    case '.':
      return { kind: 'attribute', of: part('left'), name: string(record(body)['attr']) };
    case 'like':
      return { kind: 'like', of: part('left'), pattern: pattern(record(body)['pattern']) };
    case 'if-then-else':
      return { kind: 'if', test: part('if'), yes: part('then'), no: part('else') };
    case 'Set':
      return { kind: 'set', of: list(body).map(exprFromJson) };
    case 'Record':
      return {
        kind: 'record',
        entries: Object.entries(record(body)).map(([name, inner]) => [name, exprFromJson(inner)]),
      };
    default:
      return extension(op, list(body));
  }
}
