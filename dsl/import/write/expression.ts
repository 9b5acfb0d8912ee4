import type { Comparison, Expr } from '../../../cedar/ast.ts';
import { writeChain } from './chain.ts';
import { writeChoice } from './choice.ts';
import { callee, type Env, type LanguageName } from './env.ts';
import { inexpressible } from './inexpressible.ts';
import { memberOf, untested } from './member.ts';
import { actionName, entityText, typeName } from './names.ts';
import { elementsText, literalText, recordText } from './operand.ts';
import { quoted } from './text.ts';
import type { Write } from './write.ts';

const OPERATORS: Readonly<Record<Comparison | '+' | '-' | '*', string>> = {
  '==': 'eq',
  '!=': 'ne',
  '<': 'lt',
  '<=': 'lte',
  '>': 'gt',
  '>=': 'gte',
  '+': 'plus',
  '-': 'minus',
  '*': 'times',
};

/** A value with operators of its own: all that it can be is compared with names. */
const ACTION = 'action';

/** Writes expressions as a person would with the builders. Throws `PolicyError` for what no builder makes. */
export const write: Write = { expr, operand, argument };

/** An expression that operators can be called on. */
function expr(given: Expr, env: Env): string {
  const bound = env.boundTo(given);
  if (bound !== undefined && bound !== ACTION) return bound;
  const use = (name: LanguageName): string => callee(name, env);
  switch (given.kind) {
    case 'literal':
      return `${use('value')}(${literalText(given.value)})`;
    case 'entity':
      return entityText(given.entity, given, env);
    case 'and':
    case 'or':
      return writeChain(given, env, write);
    case 'not':
      return `${expr(given.of, env)}.not()`;
    case 'negate':
      return `${expr(given.of, env)}.negate()`;
    case 'compare':
      return isAction(given.left, env)
        ? `${ACTION}.${OPERATORS[given.op]}(${actionText(given.right, env)})`
        : `${expr(given.left, env)}.${OPERATORS[given.op]}(${operand(given.right, env)})`;
    case 'arithmetic':
      return `${expr(given.left, env)}.${OPERATORS[given.op]}(${operand(given.right, env)})`;
    case 'in':
      return isAction(given.left, env)
        ? `${ACTION}.in(${actionsText(given.right, env)})`
        : `${expr(given.left, env)}.in(${operand(given.right, env)})`;
    case 'is': {
      const type = quoted(typeName(given.type, given, env));
      return given.in
        ? `${expr(given.of, env)}.isIn(${type}, ${operand(given.in, env)})`
        : `${expr(given.of, env)}.is(${type})`;
    }
    case 'has':
      return env.typing.reach(env.typing.of(given.of), given.name) === 'optional'
        ? `${expr(given.of, env)}${memberOf(given.name)}.exists()`
        : `${expr(given.of, env)}.has(${quoted(given.name)})`;
    case 'attribute':
      return untested(given, env, write);
    case 'like':
      return `${expr(given.of, env)}.like(${patternText(given.pattern)})`;
    case 'if':
      return writeChoice(given, env, write);
    case 'set':
      return `${use('set')}(${elementsText(given, env, write, 'written out')})`;
    case 'record':
      return `${use('record')}(${recordText(given, env, write)})`;
    case 'construct':
      return `${use(given.fn)}(${quoted(given.text)})`;
    case 'call': {
      const name = given.method === 'getTag' ? 'guardedTag' : given.method;
      if (given.method === 'getTag') env.unguarded.add(env.same.numberOf(given));
      return `${expr(given.of, env)}.${name}(${given.with.map((arg) => operand(arg, env)).join(', ')})`;
    }
    case 'variable':
      throw inexpressible(
        given,
        'anything of the action but ==, != and in',
        'compare it with named actions: action == Action::"…"',
      );
    default:
      throw inexpressible(given, 'a slot in a condition', 'write it in the scope');
  }
}

/** An expression where JavaScript's own values may stand for literals, sets and records. */
function operand(given: Expr, env: Env): string {
  const bound = env.boundTo(given);
  if (bound !== undefined) return bound;
  if (given.kind === 'literal') return literalText(given.value);
  if (given.kind === 'set') return elementsText(given, env, write, 'as a list');
  if (given.kind === 'record') return recordText(given, env, write);
  return expr(given, env);
}

/** An expression on a line of its own, below the comments about it. */
function argument(given: Expr, env: Env, text: string): string {
  const comments = env.comments.beside(given);
  // On the line of what stands before, they would be about that.
  return comments === '' ? text : `\n${comments}${text}`;
}

const isAction = (given: Expr, env: Env): boolean =>
  given.kind === 'variable' && env.boundTo(given) === ACTION;

function actionText(given: Expr, env: Env): string {
  if (given.kind === 'entity') return quoted(actionName(given.entity, given, env));
  throw inexpressible(
    given,
    'a comparison of the action with no named action',
    'name the action: Action::"…"',
  );
}

function actionsText(given: Expr, env: Env): string {
  if (given.kind !== 'set') return actionText(given, env);
  if (given.of.length === 0) return elementsText(given, env, write, 'as a list');
  return `[${given.of.map((one) => actionText(one, env)).join(', ')}]`;
}

const patternText = (pattern: Extract<Expr, { kind: 'like' }>['pattern']): string =>
  quoted(
    pattern.map((part) => (part === 'wildcard' ? '*' : part.text.replaceAll(/[\\*]/g, '\\$&'))).join(''),
  );
