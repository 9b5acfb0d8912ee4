import { textWithExactLongs } from '../../../cedar/exact-long.ts';
import { certaintyText } from '../verdict.ts';
import type { Compared } from './compared.ts';
import { type Half, type Row, verdictOf, VERDICT } from './row.ts';

/** A diff for tools: one row for each kind of request of each set that changed. Requests are in Cedar's JSON form. */
export function diffJson(compared: Compared): string {
  const { before, after, solver = 'none', diffs, live } = compared;
  const code = verdictOf(diffs);
  return textWithExactLongs({
    before,
    after,
    solver,
    verdict: Object.entries(VERDICT).find(([, each]) => each === code)?.[0],
    unchanged: diffs.filter(({ state }) => state === 'same').map(({ set }) => set),
    sets: diffs
      .filter(({ state }) => state !== 'same')
      .map(({ set, state, added, removed }) => ({ set, state, added, removed })),
    live,
    rows: diffs.flatMap(({ rows }) => rows.map(flatRow)),
  });
}

const flatRow = ({ set, environment: { principal, action, resource }, verdict, opened, narrowed }: Row) => ({
  set,
  principal,
  action: action.uid.id,
  actionType: action.uid.type,
  resource,
  verdict,
  newlyAllowed: flatHalf(opened),
  newlyDenied: flatHalf(narrowed),
});

const flatHalf = ({ certainty, example }: Half) => ({
  found: certainty.kind === 'counterexample',
  sure: certaintyText(certainty),
  ...(example && { counterexample: example }),
});
