import type { Expr } from '../../../cedar/ast.ts';
import type { Env } from './env.ts';
import { inexpressible } from './inexpressible.ts';
import { integer, key, quoted } from './text.ts';
import type { Write } from './write.ts';

export function literalText(value: string | boolean | bigint): string {
  if (typeof value === 'string') return quoted(value);
  return typeof value === 'bigint' ? integer(value) : String(value);
}

/** The elements of a set between brackets. Written out, those that are sets or records themselves need their functions. */
export function elementsText(
  set: Extract<Expr, { kind: 'set' }>,
  env: Env,
  write: Write,
  form: 'as a list' | 'written out',
): string {
  if (set.of.length === 0) {
    throw inexpressible(
      set,
      'an empty set, whose type nobody can tell',
      'use .isEmpty(), or leave the test out',
    );
  }
  const texts = set.of.map((element) => {
    const nested = element.kind === 'set' || element.kind === 'record';
    const one = form === 'written out' && nested ? write.expr : write.operand;
    return write.argument(element, env, one(element, env));
  });
  return `[${texts.join(', ')}]`;
}

/** A record as an object literal. */
export function recordText(record: Extract<Expr, { kind: 'record' }>, env: Env, write: Write): string {
  const entries = record.entries.map(([name, value]) => {
    const nested = value.kind === 'set' || value.kind === 'record';
    const text = (nested ? write.expr : write.operand)(value, env);
    return write.argument(value, env, `${key(name)}: ${text}`);
  });
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}
