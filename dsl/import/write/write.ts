import type { Expr } from '../../../cedar/ast.ts';
import type { Env } from './env.ts';

/** How the parts of an expression are written; each kind of expression is in a module of its own. */
export interface Write {
  /** Something that operators can be called on. */
  readonly expr: (given: Expr, env: Env) => string;
  /** Something where JavaScript's own values may stand for literals, sets and records. */
  readonly operand: (given: Expr, env: Env) => string;
  /** A text that was written for an expression, below the comments about it. */
  readonly argument: (given: Expr, env: Env, text: string) => string;
}
