import { type Finding, findingText, isUnsure } from '../dsl/analyze/lint/finding.ts';
import { lint as lintSet } from '../dsl/analyze/lint/lint.ts';
import { publicFindings } from '../dsl/analyze/lint/public.ts';
import { certaintyText, type Semantics } from '../dsl/analyze/verdict.ts';
import { DEFAULT_API } from '../dsl/schema/defaults.ts';
import { loadModel } from '../dsl/schema/model.ts';
import type { Ending } from './ending.ts';
import { withLive } from './live-policies.ts';
import { type PolicyChoice, policySetsOf, withOracle } from './policy-sets.ts';
import type { TableChoice } from './policy-table.ts';
import { createProgress } from './progress.ts';
import { apiOf } from './project.ts';

export interface LintArgs extends PolicyChoice {
  readonly semantics: Semantics;
  readonly json: boolean;
  /** A policy table whose live policies are looked at too. */
  readonly table?: TableChoice;
}

/** Verdicts: something is to be mended; nothing is, as far as anybody can tell. */
const WARNED = 10;
const UNSURE = 12;

/** `cedarwright lint` */
export async function lint(root: string, args: LintArgs): Promise<Ending> {
  const { sets, live } = await withLive(root, await policySetsOf(root, args), args.table);
  const progress = createProgress();
  const { semantics } = args;
  const findings = await withOracle(async (oracle) => {
    const found: Finding[] = [];
    for (const set of sets) {
      found.push(...(await lintSet(set, { oracle, semantics, progress: progress.tell })));
    }
    return found;
  }).finally(progress.end);
  if (args.schema === undefined) {
    findings.push(...publicFindings(loadModel(root), await apiOf(root).catch(() => DEFAULT_API)));
  }
  findings.push(...live);
  const output = args.json
    ? JSON.stringify({ findings: findings.map(flat) }, undefined, 2)
    : report(findings, sets.length);
  return { output, exitCode: verdict(findings) };
}

function verdict(findings: readonly Finding[]): number {
  if (findings.some(({ severity }) => severity === 'warning')) return WARNED;
  return findings.some(isUnsure) ? UNSURE : 0;
}

const flat = ({ site, certainty, ...rest }: Finding): object => ({
  ...rest,
  ...site,
  sure: certaintyText(certainty),
});

/** Findings about operations are many and no mistakes: a line for each tenant has them all. */
function report(findings: readonly Finding[], sets: number): string {
  const warnings = findings.filter(({ severity }) => severity === 'warning');
  const notes = findings.filter(({ severity, action }) => severity === 'note' && action === undefined);
  const count = warnings.length === 1 ? '1 warning' : `${warnings.length} warnings`;
  return [
    ...warnings.map(findingText),
    ...notes.map((finding) => `note: ${findingText(finding)}`),
    ...[...operationNotes(findings)].flatMap(([heading, actions]) => [
      `note: ${heading}:`,
      ...actions.map((action) => `  ${action}`),
    ]),
    `${count} in ${sets} ${sets === 1 ? 'set' : 'sets'} of policies`,
  ].join('\n');
}

const HEADINGS: Partial<Record<Finding['code'], string>> = {
  NOBODY_CAN: 'nobody can',
  EVERYBODY_CAN: 'everybody can, whatever the request',
  PUBLIC_OPERATION: 'anybody can, without a token',
};

function operationNotes(findings: readonly Finding[]): Map<string, string[]> {
  const headings = new Map<string, string[]>();
  for (const { set, action, code, certainty } of findings) {
    if (action === undefined) continue;
    const heading = `${set}: ${HEADINGS[code] ?? code}`;
    const line = certainty.kind === 'proved' ? action : `${action} (${certaintyText(certainty)})`;
    headings.set(heading, [...(headings.get(heading) ?? []), line]);
  }
  return headings;
}
