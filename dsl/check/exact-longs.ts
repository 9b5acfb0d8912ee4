import type { Expr, Policy } from '../../cedar/ast.ts';
import { parts } from '../../cedar/walk.ts';
import type { Printed } from './printed.ts';
import type { Problem } from './problem.ts';

/**
 * Integers that only the text of a policy carries exactly. The sync reads policies through Cedar's JSON form, whose
 * numbers are doubles: it would have to reject the release, so it is said here, at the integer.
 */
export function inexactLongs(printed: readonly Printed[]): Problem[] {
  return printed.flatMap(({ policy, site }) =>
    literalsOf(policy).flatMap((literal): Problem[] => {
      if (typeof literal.value !== 'bigint' || Number.isSafeInteger(Number(literal.value))) return [];
      return [
        {
          site: literal.at ?? site,
          code: 'LONG_INEXACT',
          message: `${literal.value} is past 2^53, where Verified Permissions cannot be given it exactly`,
          remedy: 'use an integer between -9007199254740991 and 9007199254740991',
        },
      ];
    }),
  );
}

type Literal = Extract<Expr, { kind: 'literal' }>;

const literalsOf = ({ clauses }: Policy): readonly Literal[] =>
  clauses.flatMap(({ body }) => literalsIn(body));

const literalsIn = (expr: Expr): readonly Literal[] =>
  expr.kind === 'literal' ? [expr] : parts(expr).flatMap(literalsIn);
