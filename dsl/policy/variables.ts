import type { Variable } from '../../cedar/ast.ts';
import { expressions } from './expression.ts';
import type { Names } from './vocabulary.ts';

/** The four variables of a condition, as callbacks receive them. */
export function variables(names: Names): object {
  const express = expressions(names);
  const variable = (name: Variable): object => express(() => ({ kind: 'variable', name }));
  return Object.freeze({
    principal: variable('principal'),
    resource: variable('resource'),
    context: variable('context'),
    action: variable('action'),
  });
}
