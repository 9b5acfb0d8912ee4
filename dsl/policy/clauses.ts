import type { Clause, Site } from '../../cedar/ast.ts';
import { BuilderError } from './builder-error.ts';
import { describe } from './describe.ts';
import { conditionOf } from './lift.ts';
import { recorded } from './recorder.ts';
import type { Step } from './state.ts';
import { variables } from './variables.ts';

/** `id` may stand in file names, keys and logs: lower case, at most 100 characters. */
const ID = /^[a-z0-9][a-z0-9-]{0,99}$/;
const ANNOTATION = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** `.when(condition)`, `.unless(condition)` */
export const clauseStep =
  (kind: Clause['kind']): Step =>
  (state, at, condition) => {
    if (typeof condition !== 'function') {
      throw refused('NOT_A_CONDITION', `.${kind}() takes a function`, 'write ({ principal }) => …', at);
    }
    const body = recorded(() => conditionOf(condition(variables(state.names)), at));
    return { ...state, clauses: [...state.clauses, { kind, body, at }] };
  };

/** `.annotate('description', 'why it exists')`, `.annotate('reviewed')` */
export const annotateStep: Step = (state, at, name, value = '') => {
  if (typeof name !== 'string' || !ANNOTATION.test(name)) {
    throw refused('BAD_ANNOTATION', 'the name is no Cedar identifier', 'use letters, digits and _', at);
  }
  if (typeof value !== 'string') throw refused('BAD_ANNOTATION', 'the value is no text', 'give a string', at);
  if (name === 'id') throw refused('BAD_ANNOTATION', 'the id has a call of its own', "write .id('…')", at);
  if (Object.hasOwn(state.annotations, name)) {
    throw refused('ANNOTATED_TWICE', `"${name}" is annotated already`, 'keep one of the calls', at);
  }
  return { ...state, annotations: { ...state.annotations, [name]: value } };
};

/** `.id('owners-edit-orders')` */
export const idStep: Step = (state, at, id) => {
  if (state.id !== undefined)
    throw refused('ID_SET_TWICE', 'the id is set already', 'keep one of the calls', at);
  if (typeof id !== 'string' || !ID.test(id)) {
    throw refused(
      'BAD_ID',
      `${describe(id)} is no policy id`,
      'start with a lower case letter or digit, then up to 99 of these or "-"',
      at,
    );
  }
  return { ...state, id };
};

function refused(code: string, message: string, remedy: string, site: Site): BuilderError {
  return new BuilderError({ site, code, message, remedy });
}
