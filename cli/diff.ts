import { asking } from '../dsl/analyze/ask.ts';
import type { Compared } from '../dsl/analyze/diff/compared.ts';
import { diffJson } from '../dsl/analyze/diff/json.ts';
import { diffMarkdown } from '../dsl/analyze/diff/markdown.ts';
import { verdictOf } from '../dsl/analyze/diff/row.ts';
import { diffSarif } from '../dsl/analyze/diff/sarif.ts';
import { diffText } from '../dsl/analyze/diff/text.ts';
import type { Oracle, Semantics } from '../dsl/analyze/verdict.ts';
import { comparisonOf, type ComparedWith } from './comparison.ts';
import type { Ending } from './ending.ts';
import { withOracle } from './policy-sets.ts';
import { createProgress } from './progress.ts';

export interface DiffArgs {
  /** What is compared with, which is the version before. */
  readonly before: ComparedWith;
  readonly semantics: Semantics;
  readonly format: 'text' | 'markdown' | 'sarif' | 'json';
}

/** `cedarwright diff`. @throws ProblemsError with the mistakes of either version, Expected for one that is not there */
export async function diff(root: string, { before, semantics, format }: DiffArgs): Promise<Ending> {
  const { asks, compare } = await comparisonOf(root, before);
  const progress = createProgress();
  const answered = async (oracle: Oracle): Promise<Compared> => ({
    ...(await compare({ oracle, semantics, progress: progress.tell })),
    ...(oracle.solver !== undefined && { solver: oracle.solver }),
  });
  // A solver takes half a second to start, and nothing is asked where nothing has changed.
  const compared = await (asks ? withOracle(answered) : answered(asking())).finally(progress.end);
  return { output: inFormat(compared, format), exitCode: verdictOf(compared.diffs) };
}

function inFormat(compared: Compared, format: DiffArgs['format']): string {
  switch (format) {
    case 'json':
      return diffJson(compared);
    case 'markdown':
      return diffMarkdown(compared).trimEnd();
    case 'sarif':
      return diffSarif(compared, (set) => (set.includes('.') ? set : `tenants/${set}.ts`));
    default:
      return diffText(compared);
  }
}
