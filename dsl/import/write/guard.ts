import type { Expr } from '../../../cedar/ast.ts';
import { parts } from '../../../cedar/walk.ts';
import { writtenType } from '../schema/world.ts';
import type { Env } from './env.ts';
import { memberOf } from './member.ts';
import { quoted } from './text.ts';
import type { Type } from './typing.ts';
import type { Write } from './write.ts';

/** A test, and what it makes readable. */
export interface Guard {
  readonly value: Expr;
  readonly type: Type;
  /** What the callback's parameter is named after. */
  readonly wanted: string;
  /** Whether an expression reads what only the test makes readable. */
  readonly guards: (expr: Expr) => boolean;
  /** The call with this callback, on the value if the test holds. */
  readonly call: (callback: string) => string;
  /** What the value is known to be where the test does not hold. */
  readonly otherwise?: Type;
  /** The call that chooses between two values; without a callback, the first is the value itself. */
  readonly choose?: (callback: string | undefined, otherwise: () => string) => string;
}

const IDENTITY = '(value) => value';

/** The guard that a test is, if it is one. Without types a callback's parameter would have none, so there it is none. */
export function guardOf(test: Expr, env: Env, write: Write): Guard | undefined {
  if (env.world.typed !== 'yes') return undefined;
  if (test.kind === 'has') return attributeGuard(test, env, write);
  if (test.kind === 'is') return typeGuard(test, env, write);
  return test.kind === 'call' && test.method === 'hasTag' ? tagGuard(test, env, write) : undefined;
}

function attributeGuard(test: Extract<Expr, { kind: 'has' }>, env: Env, write: Write): Guard {
  const value: Expr = { kind: 'attribute', of: test.of, name: test.name };
  const type = env.typing.of(test.of);
  const number = env.same.numberOf(value);
  const name = quoted(test.name);
  const of = (): string => write.expr(test.of, env);
  const optional = env.typing.reach(type, test.name) === 'optional';
  return {
    value,
    type: env.typing.attribute(type, test.name),
    wanted: test.name,
    guards: (expr) => env.same.holds(expr, number),
    call: (callback) =>
      optional ? `${of()}${memberOf(test.name)}.has(${callback})` : `${of()}.has(${name}, ${callback})`,
    choose: (callback, otherwise) => {
      if (!optional) return `${of()}.ifHas(${name}, ${callback ?? IDENTITY}, ${otherwise()})`;
      const attribute = `${of()}${memberOf(test.name)}`;
      return callback === undefined
        ? `${attribute}.orElse(${otherwise()})`
        : `${attribute}.ifPresent(${callback}, ${otherwise()})`;
    },
  };
}

function typeGuard(test: Extract<Expr, { kind: 'is' }>, env: Env, write: Write): Guard | undefined {
  const type = env.typing.of(test.of);
  const name = writtenType(env.world, test.type);
  if (type.kind !== 'entity' || type.names.length === 1 || !type.names.includes(name)) return undefined;
  const number = env.same.numberOf(test.of);
  const narrowed: Type = { kind: 'entity', names: [name] };
  /** Reads of the entity something that this type has otherwise than all possible types together. */
  const reads = (expr: Expr): boolean => {
    if ('of' in expr && !Array.isArray(expr.of) && isExpr(expr.of) && env.same.numberOf(expr.of) === number) {
      if (expr.kind === 'attribute') {
        return env.typing.reach(type, expr.name) !== env.typing.reach(narrowed, expr.name);
      }
      if (expr.kind === 'call') return env.typing.tagsDiffer(type);
    }
    return parts(expr).some(reads);
  };
  const ancestor = test.in;
  const first = (): string =>
    ancestor
      ? `${write.expr(test.of, env)}.isIn(${quoted(name)}, ${write.operand(ancestor, env)}`
      : `${write.expr(test.of, env)}.is(${quoted(name)}`;
  return {
    value: test.of,
    type: narrowed,
    wanted: name.split('::').at(-1) ?? name,
    guards: reads,
    call: (callback) => `${first()}, ${callback})`,
    ...(!ancestor && {
      otherwise: { kind: 'entity', names: type.names.filter((other) => other !== name) },
      choose: (callback, otherwise) =>
        `${write.expr(test.of, env)}.ifIs(${quoted(name)}, ${callback ?? IDENTITY}, ${otherwise()})`,
    }),
  };
}

function tagGuard(test: Extract<Expr, { kind: 'call' }>, env: Env, write: Write): Guard | undefined {
  const [key] = test.with;
  if (!key) return undefined;
  const value: Expr = { kind: 'call', method: 'getTag', of: test.of, with: [key] };
  const number = env.same.numberOf(value);
  const first = (): string => write.expr(test.of, env);
  return {
    value,
    type: env.typing.tag(env.typing.of(test.of)),
    wanted: key.kind === 'literal' && typeof key.value === 'string' ? key.value : 'tag',
    guards: (expr) => env.same.holds(expr, number),
    call: (callback) => `${first()}.tag(${write.operand(key, env)}, ${callback})`,
    choose: (callback, otherwise) =>
      `${first()}.ifTag(${write.operand(key, env)}, ${callback ?? IDENTITY}, ${otherwise()})`,
  };
}

const isExpr = (value: unknown): value is Expr =>
  typeof value === 'object' && value !== null && 'kind' in value;
