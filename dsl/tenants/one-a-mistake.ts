import type { Problem } from '../check/problem.ts';

/**
 * All problems, sorted by place. One mistake shows in several checks: the first list that has a problem on a line
 * speaks for it, so lists come with the plainest words first.
 */
export function oneAMistake(lists: readonly (readonly Problem[])[]): Problem[] {
  const told = new Set<string>();
  const kept = lists.flatMap((list) => {
    const fresh = list.filter((problem) => !told.has(lineOf(problem)));
    for (const problem of fresh) if (problem.site) told.add(lineOf(problem));
    return fresh;
  });
  const distinct = new Map(kept.map((problem) => [JSON.stringify(problem), problem]));
  return [...distinct.values()].sort(byPlace);
}

const lineOf = ({ site }: Problem): string => (site ? `${site.file}:${site.line}` : '');

function byPlace(a: Problem, b: Problem): number {
  if (!a.site || !b.site) return Number(a.site !== undefined) - Number(b.site !== undefined);
  if (a.site.file !== b.site.file) return a.site.file < b.site.file ? -1 : 1;
  return a.site.line - b.site.line || a.site.column - b.site.column;
}
