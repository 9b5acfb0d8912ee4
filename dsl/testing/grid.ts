import { type Asked } from './asked.ts';
import { ask, type Bench, report, wrongAnswer } from './expectation.ts';
import { atLineOf, type Below, PolicyTestFailed } from './place.ts';
import { RequestMistake } from './request/mistake.ts';

type Column = readonly [action: string, resource?: unknown, context?: unknown];
type Row = readonly [principal: unknown, ...answers: readonly unknown[]];

const EXPECTED: Readonly<Record<string, Asked['expected']>> = { can: 'allow', cannot: 'deny' };

/** Asks for every row and column, and tells all the wrong answers at once. `below`: the function that the test called. */
export function expectAll(
  { subject, root }: Bench,
  columns: readonly Column[],
  rows: readonly Row[],
  below: Below,
): void {
  const cells = rows.flatMap(([principal, ...answers], row) => {
    return columns.map(([action, resource, context], column) => {
      const expected = atLineOf(below, root, () => expectedOf(answers, row, column));
      const asked = atLineOf(below, root, () =>
        ask(subject, { principal, action, resource, context }, expected),
      );
      const wrong = wrongAnswer(asked);
      return wrong && report(asked, `row ${row + 1}, column ${column + 1}: ${wrong}`);
    });
  });
  const wrong = cells.filter((cell) => cell !== undefined);
  if (wrong.length === 0) return;
  throw new PolicyTestFailed(
    `${wrong.length} of ${cells.length} answers are wrong\n\n${wrong.join('\n')}`,
    below,
  );
}

function expectedOf(answers: readonly unknown[], row: number, column: number): Asked['expected'] {
  const answer = answers[column];
  const expected = typeof answer === 'string' ? EXPECTED[answer] : undefined;
  if (expected) return expected;
  throw new RequestMistake(
    'TEST_TABLE',
    `row ${row + 1} has no answer for column ${column + 1}`,
    "write 'can' or 'cannot' for each column",
  );
}
