import type { Site } from '../../../cedar/ast.ts';
import { printPolicy } from '../../../cedar/print.ts';
import { type Problem, ProblemsError } from '../../../dsl/check/problem.ts';
import { policyOf } from '../../../dsl/policy/policy-of.ts';
import { placeOf } from '../../../local/typescript/stack.js';

/** The Cedar text of what a builder has come to, on one line. */
export const cedarOf = (policy: unknown): string =>
  printPolicy(policyOf(policy), { prefix: 'acme' })
    .replace(/\s+/g, ' ')
    .replace('( ', '(')
    .replace(' )', ')');

/** The Cedar text of its one condition. */
export const conditionOf = (policy: unknown): string =>
  /(?:when|unless) \{ (.*) \};$/.exec(cedarOf(policy))?.[1] ?? '';

/** The mistakes in a builder. */
export function problemsOf(policy: unknown): readonly Problem[] {
  try {
    policyOf(policy);
    return [];
  } catch (error) {
    if (error instanceof ProblemsError) return error.problems;
    throw error;
  }
}

export const codesOf = (policy: unknown): string[] => problemsOf(policy).map(({ code }) => code);

/** `line:column` in the TypeScript source. Later versions of Node read tests by themselves, and move nothing. */
export function originalPlace({ file, line, column }: Site): string {
  const native = Boolean(Reflect.get(process.features, 'typescript'));
  const place = (native ? undefined : placeOf(file, line, column)) ?? { line, column };
  return `${place.line}:${place.column}`;
}

/** Hides a value's type, as a file that escapes the compiler can: fits everywhere. */
export function loose(value: unknown): never;
export function loose(value: unknown): unknown {
  return value;
}
