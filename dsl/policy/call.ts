import type { Expr, Site } from '../../cedar/ast.ts';
import type { Express } from './expression.ts';
import type { Names } from './vocabulary.ts';

/** One call of an operator: `of.name(...args)`. */
export interface Call {
  readonly of: Expr;
  readonly args: readonly unknown[];
  readonly at: Site;
  readonly names: Names;
  /** The value that stands for an expression, to be handed to a callback. */
  readonly value: Express;
}

/** What a call of an operator means. Throws `BuilderError`. */
export type Operator = (call: Call) => Expr;
