import type { Arithmetic, Comparison, Constructor, Expr, Method, PatternPart, Variable } from './ast.ts';
import {
  fields,
  malformed,
  readEntity,
  readList,
  readOneOf,
  readPlace,
  readSlot,
  readText,
  readTypeName,
} from './plain-reader.ts';
import { ARITHMETIC, COMPARISONS, CONSTRUCTORS, METHODS, VARIABLES } from './words.ts';

/** Far beyond what can be printed, and far below what would overflow the stack of the reader. */
const MAX_NESTING = 500;

const readLiteral = (json: unknown): boolean | bigint | string => {
  if (typeof json === 'string' || typeof json === 'boolean') return json;
  const text = readText(fields(json, ['long']).long);
  if (!/^-?\d{1,19}$/.test(text)) throw malformed('a Long is none');
  return BigInt(text);
};

const readPart = (json: unknown): PatternPart =>
  json === 'wildcard' ? json : { text: readText(fields(json, ['text']).text) };

const readEntry = (json: unknown, read: (value: unknown) => Expr): readonly [string, Expr] => {
  const [name, value, ...rest] = readList(json, (item) => item);
  if (rest.length > 0) throw malformed('a record entry is no pair');
  return [readText(name), read(value)];
};

/** An expression from plain data. @throws {PolicyError} unless it is exactly what a builder could have made */
export function exprFromPlain(json: unknown, nesting = 0): Expr {
  if (nesting > MAX_NESTING) throw malformed(`an expression nests more than ${MAX_NESTING} levels`);
  const inner = (part: unknown): Expr => exprFromPlain(part, nesting + 1);
  const take = <Name extends string, Maybe extends string = never>(
    names: readonly Name[],
    maybe: readonly Maybe[] = [],
  ): Readonly<Record<Name, unknown>> & Partial<Readonly<Record<Maybe, unknown>>> =>
    fields(json, ['kind', ...names], ['at', ...maybe]);
  const place = readPlace(kindOf(json).at);

  const { kind } = kindOf(json);
  switch (kind) {
    case 'literal':
      return { ...place, kind, value: readLiteral(take(['value']).value) };
    case 'entity':
      return { ...place, kind, entity: readEntity(take(['entity']).entity) };
    case 'variable':
      return { ...place, kind, name: readOneOf<Variable>(take(['name']).name, VARIABLES) };
    case 'slot':
      return { ...place, kind, slot: readSlot(take(['slot']).slot) };
    case 'and':
    case 'or': {
      const of = readList(take(['of']).of, inner);
      if (of.length === 0) throw malformed('a chain without operands');
      return { ...place, kind, of };
    }
    case 'not':
    case 'negate':
      return { ...place, kind, of: inner(take(['of']).of) };
    case 'compare': {
      const { op, left, right } = take(['op', 'left', 'right']);
      return {
        ...place,
        kind,
        op: readOneOf<Comparison>(op, COMPARISONS),
        left: inner(left),
        right: inner(right),
      };
    }
    case 'arithmetic': {
      const { op, left, right } = take(['op', 'left', 'right']);
      return {
        ...place,
        kind,
        op: readOneOf<Arithmetic>(op, ARITHMETIC),
        left: inner(left),
        right: inner(right),
      };
    }
    case 'in': {
      const { left, right } = take(['left', 'right']);
      return { ...place, kind, left: inner(left), right: inner(right) };
    }
    case 'is': {
      const { of, type, in: ancestor } = take(['of', 'type'], ['in']);
      const test = { ...place, kind, of: inner(of), type: readTypeName(type) } as const;
      return ancestor === undefined ? test : { ...test, in: inner(ancestor) };
    }
    case 'has':
    case 'attribute': {
      const { of, name } = take(['of', 'name']);
      return { ...place, kind, of: inner(of), name: readText(name) };
    }
    case 'like': {
      const { of, pattern } = take(['of', 'pattern']);
      return { ...place, kind, of: inner(of), pattern: readList(pattern, readPart) };
    }
    case 'if': {
      const { test, yes, no } = take(['test', 'yes', 'no']);
      return { ...place, kind, test: inner(test), yes: inner(yes), no: inner(no) };
    }
    case 'set':
      return { ...place, kind, of: readList(take(['of']).of, inner) };
    case 'record':
      return {
        ...place,
        kind,
        entries: readList(take(['entries']).entries, (entry) => readEntry(entry, inner)),
      };
    case 'construct': {
      const { fn, text } = take(['fn', 'text']);
      return { ...place, kind, fn: readOneOf<Constructor>(fn, CONSTRUCTORS), text: readText(text) };
    }
    case 'call': {
      const { method, of, with: args } = take(['method', 'of', 'with']);
      return {
        ...place,
        kind,
        method: readOneOf<Method>(method, METHODS),
        of: inner(of),
        with: readList(args, inner),
      };
    }
    default:
      throw malformed('an unknown kind of expression');
  }
}

const kindOf = (json: unknown): { readonly kind?: unknown; readonly at?: unknown } => {
  if (typeof json === 'object' && json !== null) return json;
  throw malformed('an expression is missing');
};
