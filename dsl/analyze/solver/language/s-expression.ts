/** What the solver writes: a word, or a list of them. */
export type SExpression = string | readonly SExpression[];

const TOKENS = /\(|\)|"(?:[^"]|"")*"|\|[^|]*\||[^\s()"|]+/g;

/** Reads one expression. */
export function readSExpression(text: string): SExpression {
  const open: SExpression[][] = [[]];
  for (const [token] of text.matchAll(TOKENS)) {
    if (token === '(') open.push([]);
    else if (token === ')') {
      const done = open.pop();
      if (done) open.at(-1)?.push(done);
    } else open.at(-1)?.push(token);
  }
  const [first] = open[0] ?? [];
  if (first === undefined) throw new Error('the solver wrote nothing');
  return first;
}

/** `5`, or `(- 5)` */
export function integerOf(expression: SExpression): bigint {
  if (typeof expression === 'string') return BigInt(expression);
  const [sign, digits] = expression;
  if (sign !== '-' || typeof digits !== 'string') throw new Error('the solver wrote no integer');
  return -BigInt(digits);
}
