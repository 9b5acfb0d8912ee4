import type { Policy } from '../ast.ts';
import { PolicyError } from '../policy-error.ts';
import { cursorOf, type TokenSpan } from './cursor.ts';
import { statement } from './statement.ts';
import type { Comment } from './token.ts';
import { tokenize } from './tokenize.ts';

export type { TokenSpan } from './cursor.ts';
export type { Comment } from './token.ts';

/** A Cedar text as it was written. */
export interface CedarText {
  /** Policies and templates in order, with ids by position as the engine gives them: `policy0`, `policy1`, … */
  readonly policies: readonly Policy[];
  readonly comments: readonly Comment[];
  /** The tokens of a policy, a scope, a clause or an expression in it, by which comments find what they speak of. */
  readonly spanOf: (part: object) => TokenSpan | undefined;
  /** The first mistake in each statement. One with mistakes is not among the policies. */
  readonly errors: readonly PolicyError[];
}

/**
 * Reads the text of any number of policies and templates, exactly: integers of 64 bits, all escapes, comments. What
 * Cedar 4.13's own parser refuses is refused here; beyond it, only extension values that are not made from one literal
 * and texts that nest more than 250 levels. Places are lines and columns of `file`.
 */
export function parseCedar(text: string, file: string): CedarText {
  const { tokens, comments } = tokenize(text);
  const cursor = cursorOf(tokens, text, file);
  const policies: Policy[] = [];
  const errors: PolicyError[] = [];
  for (let position = 0; cursor.peek().kind !== 'end'; position += 1) {
    try {
      policies.push(statement(cursor, `policy${position}`));
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      errors.push(error);
      cursor.skipStatement();
    }
  }
  return { policies, comments, spanOf: cursor.spanOf, errors };
}
