import type { Expr } from '../ast.ts';
import type { Cursor } from './cursor.ts';
import { functionCall, methodCall } from './calls.ts';
import { list } from './list.ts';
import { longOf, uidAfter } from './literals.ts';
import { identifier, literal, path } from './names.ts';
import { textOf } from './unescape.ts';
import { VARIABLES } from '../words.ts';

/** How the parts in parentheses and brackets are read. */
export type Parse = (cursor: Cursor) => Expr;

/** A literal, a variable, an entity, a call, or something in brackets; then its attributes and methods. */
export function member(cursor: Cursor, parse: Parse): Expr {
  const from = cursor.index();
  let read = primary(cursor, parse);
  for (;;) {
    if (cursor.accept('.')) {
      const token = cursor.peek();
      const name = identifier(cursor, 'an attribute or a method');
      read = cursor.at('(')
        ? cursor.make(methodCall(cursor, read, token, list(cursor, parse, '(', ')')), from)
        : cursor.make({ kind: 'attribute', of: read, name }, from);
    } else if (cursor.accept('[')) {
      if (cursor.peek().kind !== 'string') {
        throw cursor.unexpected('between brackets stands the name of an attribute in double quotes');
      }
      const name = literal(cursor, cursor.take(), textOf);
      cursor.expect(']', 'close the bracket behind the name');
      read = cursor.make({ kind: 'attribute', of: read, name }, from);
    } else if (cursor.at('(')) {
      throw cursor.unexpected('only functions and methods are called: ip("…"), x.contains(y)');
    } else {
      return read;
    }
  }
}

/** An integer that nothing is called on, so that a sign before it belongs to it. */
export function bareInteger(cursor: Cursor): boolean {
  return cursor.peek().kind === 'integer' && !['.', '[', '('].includes(cursor.second().text);
}

function primary(cursor: Cursor, parse: Parse): Expr {
  const from = cursor.index();
  const token = cursor.peek();
  switch (token.kind) {
    case 'string':
      cursor.take();
      return cursor.make({ kind: 'literal', value: literal(cursor, token, textOf) }, from);
    case 'integer':
      cursor.take();
      return cursor.make({ kind: 'literal', value: longOf(cursor, token, false) }, from);
    case 'slot':
      throw cursor.refuse(
        token,
        'CEDAR_SYNTAX',
        'a slot stands in the scope of a template only',
        'write ?principal or ?resource behind == or in, before the conditions',
      );
    case 'identifier':
      return named(cursor, parse);
    default:
      return bracketed(cursor, parse);
  }
}

function bracketed(cursor: Cursor, parse: Parse): Expr {
  const from = cursor.index();
  if (cursor.accept('(')) {
    const inner = parse(cursor);
    cursor.expect(')', 'close the parenthesis');
    return inner;
  }
  if (cursor.at('[')) return cursor.make({ kind: 'set', of: list(cursor, parse, '[', ']') }, from);
  if (cursor.at('{')) return cursor.make({ kind: 'record', entries: entries(cursor, parse) }, from);
  throw cursor.unexpected('write a value: an attribute, a literal, an entity, a call');
}

function named(cursor: Cursor, parse: Parse): Expr {
  const from = cursor.index();
  const token = cursor.peek();
  if (cursor.accept('true')) return cursor.make({ kind: 'literal', value: true }, from);
  if (cursor.accept('false')) return cursor.make({ kind: 'literal', value: false }, from);
  const name = path(cursor, 'a value');
  if (cursor.at('::')) return cursor.make({ kind: 'entity', entity: uidAfter(cursor, name) }, from);
  if (cursor.at('(')) {
    return cursor.make(functionCall(cursor, name, token, list(cursor, parse, '(', ')')), from);
  }
  const variable = VARIABLES.find((known) => known === name);
  if (variable) return cursor.make({ kind: 'variable', name: variable }, from);
  throw cursor.refuse(
    token,
    'CEDAR_UNKNOWN_VARIABLE',
    `"${name}" is no variable`,
    'the variables are principal, action, resource and context; a text stands in double quotes',
  );
}

function entries(cursor: Cursor, parse: Parse): [string, Expr][] {
  const read = new Map<string, Expr>();
  const entry = (): void => {
    const token = cursor.peek();
    const name =
      token.kind === 'string'
        ? literal(cursor, cursor.take(), textOf)
        : identifier(cursor, 'the name of an attribute');
    cursor.expect(':', 'write a colon and the value');
    if (read.has(name)) {
      throw cursor.refuse(token, 'CEDAR_DUPLICATE', `the record has "${name}" already`, 'keep one of them');
    }
    read.set(name, parse(cursor));
  };
  cursor.expect('{', 'open the record');
  while (!cursor.accept('}')) {
    entry();
    if (!cursor.accept(',') && !cursor.at('}')) throw cursor.unexpected('write a comma, or close the record');
  }
  return [...read];
}
