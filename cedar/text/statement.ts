import type { Clause, Policy } from '../ast.ts';
import type { Cursor } from './cursor.ts';
import { expression } from './expression.ts';
import { literal } from './names.ts';
import { actionScope, entityScope } from './scope.ts';
import { textOf } from './unescape.ts';

/** One policy or template, up to its semicolon. @throws {PolicyError} at the place of what is no Cedar */
export function statement(cursor: Cursor, id: string): Policy {
  const from = cursor.index();
  const annotations = readAnnotations(cursor);
  const opening = cursor.peek();
  const effect = cursor.at('permit') ? 'permit' : 'forbid';
  cursor.expect(effect, 'a policy begins with permit or forbid');
  cursor.expect('(', 'write the scope: (principal, action, resource)');
  const principal = entityScope(cursor, 'principal');
  cursor.expect(',', 'the action is next in the scope, behind a comma');
  const action = actionScope(cursor);
  cursor.expect(',', 'the resource is next in the scope, behind a comma');
  const resource = entityScope(cursor, 'resource');
  cursor.accept(',');
  cursor.expect(')', 'close the scope');
  const clauses: Clause[] = [];
  while (!cursor.accept(';')) clauses.push(clause(cursor));
  const at = cursor.siteOf(opening);
  return cursor.note({ id, effect, principal, action, resource, clauses, annotations, at }, from);
}

function clause(cursor: Cursor): Clause {
  const from = cursor.index();
  const opening = cursor.peek();
  const kind = cursor.at('unless') ? 'unless' : 'when';
  cursor.expect(kind, 'end the policy with a semicolon, or add when { … } or unless { … }');
  cursor.expect('{', 'put the condition in braces');
  if (cursor.at('}')) throw cursor.unexpected('write a condition');
  const body = expression(cursor);
  cursor.expect('}', 'close the condition with a brace');
  return cursor.note({ kind, body, at: cursor.siteOf(opening) }, from);
}

function readAnnotations(cursor: Cursor): Record<string, string> {
  const read = new Map<string, string>();
  while (cursor.accept('@')) {
    const name = cursor.peek();
    if (name.kind !== 'identifier') throw cursor.unexpected('write the name of the annotation');
    cursor.take();
    if (read.has(name.text)) {
      throw cursor.refuse(name, 'CEDAR_DUPLICATE', `@${name.text} is there already`, 'keep one of them');
    }
    read.set(name.text, cursor.at('(') ? annotationText(cursor) : '');
  }
  return Object.fromEntries(read);
}

/** An annotation without a value means the empty text. */
function annotationText(cursor: Cursor): string {
  cursor.take();
  if (cursor.peek().kind !== 'string')
    throw cursor.unexpected('an annotation says one text in double quotes');
  const text = literal(cursor, cursor.take(), textOf);
  cursor.expect(')', 'close the annotation');
  return text;
}
