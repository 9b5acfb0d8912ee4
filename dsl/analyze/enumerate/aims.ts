import type { Clause, EntityUid, Expr, PatternPart, Policy } from '../../../cedar/ast.ts';
import type { CedarJson } from '../../../cedar/engine.ts';
import { longJson } from '../../../cedar/exact-long.ts';
import { type Path, pathTo, tagOf } from '../paths.ts';
import { asAddress, extension, isLong, matching } from '../world/pool.ts';

/**
 * One thing to change in a world so that a condition comes out as wanted. `any`: some value of its type; `hold`: a set
 * with the value of another place, or that value itself.
 */
export type Aim =
  | { readonly do: 'set'; readonly at: Path; readonly value: CedarJson }
  | { readonly do: 'any' | 'remove'; readonly at: Path }
  | { readonly do: 'copy' | 'vary' | 'hold'; readonly at: Path; readonly from: Path }
  | { readonly do: 'put in'; readonly at: Path; readonly entity: EntityUid }
  | { readonly do: 'put under'; readonly at: Path; readonly from: Path };
type Aims = readonly Aim[];

/** More ways than these are not followed: what they lead to is tried, and need not be all there is. */
const MOST_WAYS = 12;

/** Ways to make a policy whose scope matches also match with its conditions, or not. */
export const waysTo = ({ clauses }: Policy, match: boolean): Aims[] => {
  const all: Expr = { kind: 'and', of: clauses.map(conditionOf) };
  return clauses.length === 0 ? [[]] : ways(all, match);
};

const conditionOf = ({ kind, body }: Clause): Expr => (kind === 'when' ? body : { kind: 'not', of: body });

const both = (left: readonly Aims[], right: readonly Aims[]): Aims[] =>
  left.flatMap((a) => right.map((b) => [...a, ...b])).slice(0, MOST_WAYS);

/** Nothing is promised of them: each is a guess, which the engine judges. */
function ways(expr: Expr, want: boolean): Aims[] {
  switch (expr.kind) {
    case 'literal':
      return expr.value === want ? [[]] : [];
    case 'not':
      return ways(expr.of, !want);
    case 'and':
    case 'or':
      return want === (expr.kind === 'and')
        ? expr.of.reduce<Aims[]>((sofar, part) => both(sofar, ways(part, want)), [[]])
        : expr.of.flatMap((part) => ways(part, want)).slice(0, MOST_WAYS);
    case 'if':
      return [
        ...both(ways(expr.test, true), ways(expr.yes, want)),
        ...both(ways(expr.test, false), ways(expr.no, want)),
      ].slice(0, MOST_WAYS);
    case 'compare':
      return compared(expr, want);
    case 'has': {
      const at = pathTo({ kind: 'attribute', of: expr.of, name: expr.name });
      return at ? [[{ do: want ? 'any' : 'remove', at }]] : [[]];
    }
    case 'attribute': {
      const at = pathTo(expr);
      return at ? [[{ do: 'set', at, value: want }]] : [[]];
    }
    case 'in':
      return want ? within(expr.left, expr.right) : [[]];
    case 'is':
      return want && expr.in ? within(expr.of, expr.in) : [[]];
    case 'like': {
      const at = pathTo(expr.of);
      return at ? [[{ do: 'set', at, value: want ? matching(expr.pattern) : unlike(expr.pattern) }]] : [[]];
    }
    case 'call':
      return called(expr, want);
    default:
      return [[]];
  }
}

/** A text that a pattern does not take, if there is one. */
function unlike(pattern: readonly PatternPart[]): string {
  const parts = pattern.map((part) =>
    part === 'wildcard' ? '[^]*' : part.text.replaceAll(/\W/g, String.raw`\$&`),
  );
  const taken = new RegExp(`^${parts.join('')}$`);
  return ['something', '', `not ${matching(pattern)}`].find((text) => !taken.test(text)) ?? '';
}

function within(left: Expr, right: Expr): Aims[] {
  const at = pathTo(left);
  const targets = right.kind === 'set' ? right.of : [right];
  if (!at) return [[]];
  return targets.flatMap((target): Aims[] => {
    if (target.kind === 'entity') return [[{ do: 'put in', at, entity: target.entity }]];
    const from = pathTo(target);
    return from ? [[{ do: 'put under', at, from }], [{ do: 'hold', at: from, from: at }]] : [[]];
  });
}

function compared(expr: Extract<Expr, { kind: 'compare' }>, want: boolean): Aims[] {
  const { op } = expr;
  const equal = op === '==' || op === '!=';
  const left = pathTo(expr.left);
  const right = pathTo(expr.right);
  const [at, other] = left ? [left, expr.right] : [right, expr.left];
  if (!at) return [[]];
  const value = constant(other);
  if (equal) {
    const same = (op === '==') === want;
    if (value !== undefined) return same ? [[{ do: 'set', at, value }]] : otherThan(at, value);
    const from = pathTo(other);
    return from ? [[{ do: same ? 'copy' : 'vary', at, from }]] : [[]];
  }
  const nears = other.kind === 'literal' && typeof other.value === 'bigint' ? near(other.value) : [value];
  return [
    ...nears.flatMap((each): Aims[] => (each === undefined ? [] : [[{ do: 'set', at, value: each }]])),
    ...(left && right ? [[{ do: 'copy', at: left, from: right } as const]] : []),
    [],
  ];
}

const near = (value: bigint): CedarJson[] => [value, value - 1n, value + 1n].filter(isLong).map(longJson);

/** Of one value another; what a string, a number or a truth value can also be, and any other of an entity. */
function otherThan(at: Path, value: CedarJson): Aims[] {
  if (typeof value === 'boolean') return [[{ do: 'set', at, value: !value }]];
  if (typeof value === 'string') return [[{ do: 'set', at, value: `not ${value}` }]];
  return [[{ do: 'any', at }]];
}

function called(expr: Extract<Expr, { kind: 'call' }>, want: boolean): Aims[] {
  const [argument] = expr.with;
  const at = pathTo(expr.of);
  const value = argument && constant(argument);
  switch (expr.method) {
    case 'contains': {
      const inner = argument && pathTo(argument);
      if (at && !want) return [[{ do: 'set', at, value: [] }]];
      if (at && value !== undefined) return [[{ do: 'set', at, value: [value] }]];
      if (at) return inner ? [[{ do: 'hold', at, from: inner }]] : [[]];
      if (!inner || expr.of.kind !== 'set') return [[]];
      const members = expr.of.of.map(constant).filter((member) => member !== undefined);
      const [first] = members;
      if (!want) return first === undefined ? [[]] : otherThan(inner, first);
      return members.slice(0, MOST_WAYS).map((member) => [{ do: 'set', at: inner, value: member }]);
    }
    case 'containsAll':
    case 'containsAny':
      return at && value !== undefined ? [[{ do: 'set', at, value: want ? value : [] }]] : [[]];
    case 'isEmpty':
      return at ? [[want ? { do: 'set', at, value: [] } : { do: 'any', at }]] : [[]];
    case 'hasTag': {
      const tag = tagOf(expr);
      return tag ? [[{ do: want ? 'any' : 'remove', at: tag }]] : [[]];
    }
    case 'isInRange':
      return at && argument?.kind === 'construct'
        ? [[{ do: 'set', at, value: want ? extension('ip', asAddress('ip', argument.text)) : ELSEWHERE }]]
        : [[]];
    case 'isLoopback':
      return at ? [[{ do: 'set', at, value: want ? extension('ip', '127.0.0.1') : ELSEWHERE }]] : [[]];
    case 'isIpv6':
    case 'isIpv4': {
      const four = (expr.method === 'isIpv4') === want;
      return at ? [[{ do: 'set', at, value: four ? ELSEWHERE : extension('ip', '2001:db8::1') }]] : [[]];
    }
    case 'lessThan':
    case 'lessThanOrEqual':
    case 'greaterThan':
    case 'greaterThanOrEqual':
      return at && value !== undefined ? [[{ do: 'set', at, value }], []] : [[]];
    default:
      return [[]];
  }
}

const ELSEWHERE = extension('ip', '192.0.2.1');

/** The value of an expression that reads nothing. */
function constant(expr: Expr): CedarJson | undefined {
  switch (expr.kind) {
    case 'literal':
      return typeof expr.value === 'bigint' ? longJson(expr.value) : expr.value;
    case 'entity':
      return { __entity: { type: expr.entity.type, id: expr.entity.id } };
    case 'construct':
      return extension(expr.fn, expr.text);
    case 'set': {
      const members = expr.of.map(constant);
      return members.every((member) => member !== undefined) ? members : undefined;
    }
    default:
      return undefined;
  }
}
