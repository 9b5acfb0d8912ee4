import { asking } from '../../../../dsl/analyze/ask.ts';
import { diffSet } from '../../../../dsl/analyze/diff/diff-set.ts';
import type { Row, SetDiff } from '../../../../dsl/analyze/diff/row.ts';
import type { Oracle, Semantics } from '../../../../dsl/analyze/verdict.ts';
import { setOf } from '../fixture.ts';

/** What one version of a set is: its policies, and its schema. */
export interface Version {
  readonly policies: string;
  readonly schema: string;
}

/** Compares two versions in plain Cedar. */
export const diffOf = (
  before: Version | undefined,
  after: Version | undefined,
  { oracle = asking(), semantics = 'enforced' }: { oracle?: Oracle; semantics?: Semantics } = {},
): Promise<SetDiff> =>
  diffSet(
    {
      name: 'docs.cedar',
      ...(before && { before: setOf(before.policies, before.schema) }),
      ...(after && { after: setOf(after.policies, after.schema) }),
    },
    { oracle, semantics, progress: () => undefined },
  );

/** `read: more permissive`, of every kind of request. */
export const verdicts = ({ rows }: SetDiff): string[] =>
  rows.map(({ environment, verdict }) => `${environment.action.uid.id}: ${verdict}`);

export const examplesOf = (rows: readonly Row[], half: 'opened' | 'narrowed') =>
  rows.flatMap((row) => row[half].example ?? []);
