import type { Expr, Method } from '../ast.ts';
import { CONSTRUCTORS, METHODS } from '../words.ts';
import type { Cursor } from './cursor.ts';
import type { Token } from './token.ts';

/** Operands that Cedar's own parser counts; those of extension methods only its validator does. */
const OPERANDS: Partial<Readonly<Record<Method, number>>> = {
  contains: 1,
  containsAll: 1,
  containsAny: 1,
  isEmpty: 0,
  getTag: 1,
  hasTag: 1,
};

/** `receiver.name(…)` */
export function methodCall(cursor: Cursor, of: Expr, name: Token, given: readonly Expr[]): Expr {
  const method = METHODS.find((known) => known === name.text);
  if (!method) {
    const isFunction = CONSTRUCTORS.some((known) => known === name.text);
    throw cursor.refuse(
      name,
      'CEDAR_UNKNOWN_METHOD',
      `"${name.text}" is no method`,
      isFunction
        ? `it is a function: ${name.text}("…")`
        : 'use a method of Cedar 4, such as contains or isInRange',
    );
  }
  const wanted = OPERANDS[method];
  if (wanted === undefined || wanted === given.length) return { kind: 'call', method, of, with: given };
  throw cursor.refuse(
    name,
    'CEDAR_OPERANDS',
    `${method} has ${given.length} operands`,
    wanted === 0 ? 'it takes none' : 'it takes exactly one',
  );
}

/** `ip("…")`. Cedar's strict validator wants one literal there, and so does the tree. */
export function functionCall(cursor: Cursor, name: string, token: Token, given: readonly Expr[]): Expr {
  const fn = CONSTRUCTORS.find((known) => known === name);
  if (!fn) {
    const isMethod = METHODS.some((known) => known === name);
    throw cursor.refuse(
      token,
      'CEDAR_UNKNOWN_FUNCTION',
      `"${name}" is no function`,
      isMethod ? `it is a method: x.${name}(…)` : `the functions are ${CONSTRUCTORS.join(', ')}`,
    );
  }
  const [only, another] = given;
  if (only?.kind === 'literal' && typeof only.value === 'string' && !another) {
    return { kind: 'construct', fn, text: only.value };
  }
  throw cursor.refuse(
    token,
    'CEDAR_NOT_LITERAL',
    `${fn}() takes anything but one text`,
    `write one literal, ${fn}("…"), as Cedar's strict validation demands`,
  );
}
