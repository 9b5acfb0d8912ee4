import type { Comparison, Expr } from '../../../cedar/ast.ts';
import { isAction } from '../../policy/action-operands.ts';
import { writeChain } from './chain.ts';
import { writeChoice } from './choice.ts';
import { callee, type Env, type LanguageName } from './env.ts';
import { inexpressible } from './inexpressible.ts';
import { memberOf, untested } from './member.ts';
import { isPureGroup } from '../schema/world.ts';
import { actionName, entityText, testedType } from './names.ts';
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

/** Writes expressions as a person would with the builders. Throws `PolicyError` for what no builder makes. */
export const write: Write = { expr, operand, argument };

/** An expression that operators can be called on. */
function expr(given: Expr, env: Env): string {
  const bound = env.boundTo(given);
  if (bound !== undefined) return bound;
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
      return `${expr(given.left, env)}.${OPERATORS[given.op]}(${comparedText(given, env)})`;
    case 'arithmetic':
      return `${expr(given.left, env)}.${OPERATORS[given.op]}(${operand(given.right, env)})`;
    case 'in':
      return `${expr(given.left, env)}.in(${ancestorText(given.left, given.right, env)})`;
    case 'is': {
      const type = quoted(testedType(given.type, given, env));
      return given.in
        ? `${expr(given.of, env)}.isIn(${type}, ${ancestorText(given.of, given.in, env)})`
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

/** What is compared: next to an action, its name alone, if it is no group of actions. */
function comparedText({ left, right }: Extract<Expr, { kind: 'compare' }>, env: Env): string {
  if (right.kind !== 'entity' || !isAction(right) || !isAction(left)) return operand(right, env);
  const name = actionName(right.entity, right, env);
  const action = env.world.actions.get(name);
  return action && isPureGroup(action) ? operand(right, env) : quoted(name);
}

/** What something is below: next to an action, names of actions and groups. */
function ancestorText(of: Expr, ancestor: Expr, env: Env): string {
  const one = (each: Expr): string =>
    each.kind === 'entity' && isAction(each)
      ? quoted(actionName(each.entity, each, env))
      : operand(each, env);
  if (!isAction(of)) return operand(ancestor, env);
  if (ancestor.kind !== 'set' || ancestor.of.length === 0) return one(ancestor);
  return `[${ancestor.of.map(one).join(', ')}]`;
}

const patternText = (pattern: Extract<Expr, { kind: 'like' }>['pattern']): string =>
  quoted(
    pattern.map((part) => (part === 'wildcard' ? '*' : part.text.replaceAll(/[\\*]/g, '\\$&'))).join(''),
  );
