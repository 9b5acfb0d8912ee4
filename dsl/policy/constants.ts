import type { Constructor, EntityLiteral, Expr, Site } from '../../cedar/ast.ts';
import { BuilderError } from './builder-error.ts';
import { callSite } from './call-site.ts';
import { expressions } from './expression.ts';
import { lift, setOf } from './lift.ts';
import { record } from './recorder.ts';
import { register } from './registry.ts';
import type { Names } from './vocabulary.ts';

/**
 * Entities, sets and values of extension types, as policies write them. A mistake in one is told where it is used,
 * so that it can be listed with the others of its file.
 */
export function constants(names: Names) {
  const value = expressions(names);
  const reference = (id: string, expr: () => EntityLiteral, at: Site): object =>
    register(
      Object.freeze({ id }),
      checked(() => ({ kind: 'entity', entity: expr(), at })),
    );
  const entity = (type: string, id: string): object => {
    const at = callSite(entity);
    return reference(id, () => names.entity(type, id, at), at);
  };
  const group = (name: string): object => {
    const at = callSite(group);
    return reference(name, () => names.group(name, at), at);
  };
  const set = (elements: readonly unknown[]): object => {
    const at = callSite(set);
    const of = (): Expr[] => elements.map((element) => lift(element, at));
    return value(checked(() => setOf(of(), at)));
  };
  const constructor = (fn: Constructor) => {
    const construct = (text: string): object => {
      const at = callSite(construct);
      return value(checked(() => ({ kind: 'construct', fn, text: textOf(text, fn, at), at })));
    };
    return construct;
  };
  return {
    entity,
    group,
    set,
    ip: constructor('ip'),
    decimal: constructor('decimal'),
    datetime: constructor('datetime'),
    duration: constructor('duration'),
  };
}

/** Makes the expression now, where it is noted, and throws what went wrong when it is asked for. */
function checked(make: () => Expr): () => Expr {
  try {
    const expr = record(make());
    return () => expr;
  } catch (error) {
    if (!(error instanceof BuilderError)) throw error;
    return () => {
      throw error;
    };
  }
}

function textOf(text: unknown, fn: Constructor, site: Site): string {
  if (typeof text === 'string') return text;
  throw new BuilderError({
    site,
    code: 'BAD_OPERAND',
    message: `${fn}() takes one string`,
    remedy: 'write the value as text',
  });
}
