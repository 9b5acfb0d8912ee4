import type { Constructor, EntityLiteral, Expr, Site } from '../../cedar/ast.ts';
import { callSite } from './call-site.ts';
import { expressions } from './expression.ts';
import { lift, setOf } from './lift.ts';
import { BuilderError } from './builder-error.ts';
import { record } from './recorder.ts';
import { register } from './registry.ts';
import type { Names } from './vocabulary.ts';

/** Entities, sets and values of extension types, as policies write them. Each throws `BuilderError`. */
export function constants(names: Names) {
  const value = expressions(names);
  const reference = (entity: EntityLiteral, at: Site): object => {
    const expr = record<Expr>({ kind: 'entity', entity, at });
    return register(Object.freeze({ id: entity.id }), () => expr);
  };
  const entity = (type: string, id: string): object => {
    const at = callSite(entity);
    return reference(names.entity(type, id, at), at);
  };
  const group = (name: string): object => {
    const at = callSite(group);
    return reference(names.group(name, at), at);
  };
  const set = (elements: readonly unknown[]): object => {
    const at = callSite(set);
    return value(
      record(
        setOf(
          elements.map((element) => lift(element, at)),
          at,
        ),
      ),
    );
  };
  const constructor = (fn: Constructor) => {
    const construct = (text: string): object => {
      const at = callSite(construct);
      if (typeof text === 'string') return value(record({ kind: 'construct', fn, text, at }));
      throw new BuilderError({
        site: at,
        code: 'BAD_OPERAND',
        message: `${fn}() takes one string`,
        remedy: 'write the value as text',
      });
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
