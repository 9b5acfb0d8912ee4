/** A term in the language of solvers, SMT-LIB 2.6. */
export type Term = string;

export const TRUE: Term = 'true';
export const FALSE: Term = 'false';

export const constant = (value: boolean): Term => (value ? TRUE : FALSE);

export const not = (of: Term): Term => (of === TRUE ? FALSE : of === FALSE ? TRUE : `(not ${of})`);

const chain =
  (name: 'and' | 'or', neutral: Term, absorbing: Term) =>
  (...of: readonly Term[]): Term => {
    const left = [...new Set(of)].filter((term) => term !== neutral);
    if (left.includes(absorbing)) return absorbing;
    const [first] = left;
    return left.length > 1 ? `(${name} ${left.join(' ')})` : (first ?? neutral);
  };

export const and = chain('and', TRUE, FALSE);
export const or = chain('or', FALSE, TRUE);
export const implies = (if_: Term, then: Term): Term => or(not(if_), then);

export function either(test: Term, yes: Term, no: Term): Term {
  if (test === TRUE || yes === no) return yes;
  if (test === FALSE) return no;
  if (yes === TRUE && no === FALSE) return test;
  return `(ite ${test} ${yes} ${no})`;
}

/** Constants are written in one way each, so two that differ in text differ; but the negation of 0 is 0. */
const isConstant = (term: Term): boolean =>
  /^(?:\d+|\(- [1-9]\d*\)|true|false|"(?:[^"]|"")*"|#x[\da-f]+)$/.test(term);

export function equal(a: Term, b: Term): Term {
  if (a === b) return TRUE;
  if (isConstant(a) && isConstant(b)) return FALSE;
  if (a === TRUE) return b;
  if (b === TRUE) return a;
  if (a === FALSE) return not(b);
  if (b === FALSE) return not(a);
  return a < b ? `(= ${a} ${b})` : `(= ${b} ${a})`;
}

export const integer = (value: bigint | number): Term => (value < 0 ? `(- ${-value})` : `${value}`);
export const call = (name: string, args: readonly Term[]): Term =>
  args.length === 0 ? name : `(${name} ${args.join(' ')})`;
