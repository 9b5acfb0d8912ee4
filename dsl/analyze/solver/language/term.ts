/** A term in the language of solvers, SMT-LIB 2.6. */
export type Term = string;

export const TRUE: Term = 'true';
export const FALSE: Term = 'false';

/** Whether, as a term. Here and below, what constants decide is decided at once: most of a question never gets written. */
export const constant = (value: boolean): Term => (value ? TRUE : FALSE);

/** Negation. */
export const not = (of: Term): Term => (of === TRUE ? FALSE : of === FALSE ? TRUE : `(not ${of})`);

const chain =
  (name: 'and' | 'or', neutral: Term, absorbing: Term) =>
  (...of: readonly Term[]): Term => {
    const left = [...new Set(of)].filter((term) => term !== neutral);
    if (left.includes(absorbing)) return absorbing;
    const [first] = left;
    return left.length > 1 ? `(${name} ${left.join(' ')})` : (first ?? neutral);
  };

/** Conjunction; of nothing, `true`. */
export const and = chain('and', TRUE, FALSE);
/** Disjunction; of nothing, `false`. */
export const or = chain('or', FALSE, TRUE);
/** Implication. */
export const implies = (if_: Term, then: Term): Term => or(not(if_), then);

/** One term or the other. */
export function either(test: Term, yes: Term, no: Term): Term {
  if (test === TRUE || yes === no) return yes;
  if (test === FALSE) return no;
  if (yes === TRUE && no === FALSE) return test;
  return `(ite ${test} ${yes} ${no})`;
}

/** Constants are written in one way each, so two that differ in text differ; but the negation of 0 is 0. */
const isConstant = (term: Term): boolean =>
  /^(?:\d+|\(- [1-9]\d*\)|true|false|"(?:[^"]|"")*"|#x[\da-f]+)$/.test(term);

/** Whether two terms of one sort are equal. */
export function equal(a: Term, b: Term): Term {
  if (a === b) return TRUE;
  if (isConstant(a) && isConstant(b)) return FALSE;
  if (a === TRUE) return b;
  if (b === TRUE) return a;
  if (a === FALSE) return not(b);
  if (b === FALSE) return not(a);
  return a < b ? `(= ${a} ${b})` : `(= ${b} ${a})`;
}

/** An integer literal. SMT-LIB has no negative ones. */
export const integer = (value: bigint | number): Term => (value < 0 ? `(- ${-value})` : `${value}`);
/** A function applied; without arguments, a constant. */
export const call = (name: string, args: readonly Term[]): Term =>
  args.length === 0 ? name : `(${name} ${args.join(' ')})`;
