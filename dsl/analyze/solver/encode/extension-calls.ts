import type { Constructor, Method } from '../../../../cedar/ast.ts';
import { addressOf, datetimeOf, decimalOf, durationOf } from './extension-literals.ts';
import { bool, fitting, type Outcome, sure } from './encoding.ts';
import { bitsOf, prefixOf, type Sorts, versionOf } from '../language/sorts.ts';
import { asScalar, type Scalar, scalar, type Value } from './symbolic.ts';
import { and, integer, or, type Term } from '../language/term.ts';
import { Unsupported } from '../unsupported.ts';

/** A literal of an extension type. */
export function constructed(fn: Constructor, text: string, sorts: Sorts): Scalar {
  switch (fn) {
    case 'ip':
      return scalar({ kind: 'ipaddr' }, sorts.address(addressOf(text)));
    case 'decimal':
      return scalar({ kind: 'decimal' }, integer(decimalOf(text)));
    case 'datetime':
      return scalar({ kind: 'datetime' }, integer(datetimeOf(text)));
    default:
      return scalar({ kind: 'duration' }, integer(durationOf(text)));
  }
}

const DAY = 86_400_000;
const MILLISECONDS: Partial<Record<Method, number>> = {
  toMilliseconds: 1,
  toSeconds: 1000,
  toMinutes: 60_000,
  toHours: 3_600_000,
  toDays: DAY,
};

const DECIMAL_COMPARISONS: Partial<Record<Method, string>> = {
  lessThan: '<',
  lessThanOrEqual: '<=',
  greaterThan: '>',
  greaterThanOrEqual: '>=',
};

/** A method of an extension type: its result, and where there is none because it does not fit in 64 bits. */
export function extensionCall(method: Method, of: Value, argument: Value | undefined, sorts: Sorts): Outcome {
  const other = (kind: Scalar['type']['kind']): Term => {
    if (!argument) throw new Unsupported(`${method}() without its argument`);
    return asScalar(argument, kind);
  };
  const comparison = DECIMAL_COMPARISONS[method];
  if (comparison !== undefined) {
    return bool(`(${comparison} ${asScalar(of, 'decimal')} ${other('decimal')})`);
  }
  const unit = MILLISECONDS[method];
  if (unit !== undefined) {
    return sure(scalar({ kind: 'Long' }, towardsZero(asScalar(of, 'duration'), unit)));
  }
  switch (method) {
    case 'isIpv4':
      return bool(`(= ${versionOf(asScalar(of, 'ipaddr'))} #x04)`);
    case 'isIpv6':
      return bool(`(= ${versionOf(asScalar(of, 'ipaddr'))} #x06)`);
    case 'isLoopback':
      return bool(inOneOf(asScalar(of, 'ipaddr'), ['127.0.0.0/8', '::1/128'], sorts));
    case 'isMulticast':
      return bool(inOneOf(asScalar(of, 'ipaddr'), ['224.0.0.0/4', 'ff00::/8'], sorts));
    case 'isInRange':
      return bool(isInRange(asScalar(of, 'ipaddr'), other('ipaddr')));
    case 'offset':
      return fitting('datetime', `(+ ${asScalar(of, 'datetime')} ${other('duration')})`);
    case 'durationSince':
      return fitting('duration', `(- ${asScalar(of, 'datetime')} ${other('datetime')})`);
    case 'toDate':
      return fitting('datetime', `(* ${DAY} (div ${asScalar(of, 'datetime')} ${DAY}))`);
    case 'toTime':
      return sure(scalar({ kind: 'duration' }, `(mod ${asScalar(of, 'datetime')} ${DAY})`));
    default:
      throw new Unsupported(`${method}()`);
  }
}

/** SMT-LIB rounds down, Cedar towards zero. */
const towardsZero = (term: Term, unit: number): Term =>
  unit === 1 ? term : `(ite (<= 0 ${term}) (div ${term} ${unit}) (- (div (- ${term}) ${unit})))`;

const inOneOf = (term: Term, ranges: readonly string[], sorts: Sorts): Term =>
  or(...ranges.map((range) => isInRange(term, sorts.address(addressOf(range)))));

/** A range is in another one of its family whose prefix is a prefix of its own. */
function isInRange(inner: Term, outer: Term): Term {
  const mask = `(bvnot (bvlshr (bvnot (_ bv0 128)) ((_ zero_extend 120) ${prefixOf(outer)})))`;
  const masked = (term: Term): Term => `(bvand ${bitsOf(term)} ${mask})`;
  return and(
    `(= ${versionOf(inner)} ${versionOf(outer)})`,
    `(bvuge ${prefixOf(inner)} ${prefixOf(outer)})`,
    `(= ${masked(inner)} ${masked(outer)})`,
  );
}
