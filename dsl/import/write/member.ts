import type { Expr } from '../../../cedar/ast.ts';
import type { Env } from './env.ts';
import { isMember, quoted } from './text.ts';
import type { Write } from './write.ts';

/** Names of operators of entities and records, which an attribute of the same name cannot be read past. */
const OPERATORS = new Set([
  'eq', 'ne', 'in', 'is', 'isIn', 'ifIs', 'has', 'ifHas', 'attr', 'hasTag', 'tag', 'ifTag', 'guarded', 'guardedTag', 'then',
]); // prettier-ignore

/** The way to an attribute: `.name`, `['two words']`, `.attr('in')`. */
export function memberOf(name: string): string {
  if (OPERATORS.has(name)) return `.attr(${quoted(name)})`;
  return isMember(name) ? `.${name}` : `[${quoted(name)}]`;
}

/** An attribute where no callback has tested it: as it is where it is always there, else as one guarded elsewhere. */
export function untested(given: Extract<Expr, { kind: 'attribute' }>, env: Env, write: Write): string {
  const of = write.expr(given.of, env);
  const reach = env.typing.reach(env.typing.of(given.of), given.name);
  if (reach === 'optional' || reach === 'partial') env.unguarded.add(env.same.numberOf(given));
  if (reach === 'optional') return `${of}${memberOf(given.name)}.guarded()`;
  return reach === 'partial' ? `${of}.guarded(${quoted(given.name)})` : `${of}${memberOf(given.name)}`;
}
