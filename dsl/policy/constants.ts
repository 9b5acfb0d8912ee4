import type { Constructor, Expr, Site } from '../../cedar/ast.ts';
import { BuilderError } from './builder-error.ts';
import { callSite } from './call-site.ts';
import { expressions } from './expression.ts';
import { lift, recordOf, setOf } from './lift.ts';
import { record as noted } from './recorder.ts';
import type { Names } from './vocabulary.ts';

/**
 * Entities, literals, sets, records and values of extension types, as policies write them. A mistake in one is told where it is used,
 * so that it can be listed with the others of its file.
 */
export function constants(names: Names) {
  const express = expressions(names);
  const entity = (type: string, id: string): object => {
    const at = callSite(entity);
    return express(checked(() => ({ kind: 'entity', entity: names.entity(type, id, at), at })));
  };
  const group = (name: string): object => {
    const at = callSite(group);
    return express(checked(() => ({ kind: 'entity', entity: names.group(name, at), at })));
  };
  const actionEntity = (name: string): object => {
    const at = callSite(actionEntity);
    return express(checked(() => ({ kind: 'entity', entity: names.actionOrGroup(name, at), at })));
  };
  const value = (literal: unknown): object => {
    const at = callSite(value);
    return express(checked(() => ({ ...lift(literal, at), at })));
  };
  const set = (elements: readonly unknown[]): object => {
    const at = callSite(set);
    const of = (): Expr[] => elements.map((element) => lift(element, at));
    return express(checked(() => setOf(of(), at)));
  };
  const record = (attributes: object): object => {
    const at = callSite(record);
    return express(checked(() => recordOf(attributes, at)));
  };
  const constructor = (fn: Constructor) => {
    const construct = (text: string): object => {
      const at = callSite(construct);
      return express(checked(() => ({ kind: 'construct', fn, text: textOf(text, fn, at), at })));
    };
    return construct;
  };
  return {
    entity,
    group,
    actionEntity,
    value,
    set,
    record,
    ip: constructor('ip'),
    decimal: constructor('decimal'),
    datetime: constructor('datetime'),
    duration: constructor('duration'),
  };
}

/** Makes the expression now, where it is noted, and throws what went wrong when it is asked for. */
function checked(make: () => Expr): () => Expr {
  try {
    const expr = noted(make());
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
