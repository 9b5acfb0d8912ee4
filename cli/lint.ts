import { type Finding, findingText, isUnsure } from '../dsl/analyze/lint/finding.ts';
import { lint as lintSet } from '../dsl/analyze/lint/lint.ts';
import { publicFindings } from '../dsl/analyze/lint/public.ts';
import { certaintyText, type Semantics } from '../dsl/analyze/verdict.ts';
import { DEFAULT_API } from '../dsl/schema/defaults.ts';
import { loadModel } from '../dsl/schema/model.ts';
import { type PolicyChoice, policySetsOf, withOracle } from './policy-sets.ts';
import { createProgress } from './progress.ts';
import { apiOf } from './project.ts';
import { print } from './terminal.ts';

export interface LintArgs extends PolicyChoice {
  readonly semantics: Semantics;
  readonly json: boolean;
}

/** Verdicts: something is to be mended; nothing is, as far as anybody can tell. */
const WARNED = 10;
const UNSURE = 12;

/** `cedarwright lint`. Returns the exit code. */
export async function lint(root: string, args: LintArgs): Promise<number> {
  const sets = await policySetsOf(root, args);
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
  if (args.json) print(JSON.stringify({ findings: findings.map(flat) }, undefined, 2));
  else report(findings, sets.length);
  if (findings.some(({ severity }) => severity === 'warning')) return WARNED;
  return findings.some(isUnsure) ? UNSURE : 0;
}

const flat = ({ site, certainty, ...rest }: Finding): object => ({
  ...rest,
  ...site,
  sure: certaintyText(certainty),
});

/** Findings about operations are many and no mistakes: a line for each tenant has them all. */
function report(findings: readonly Finding[], sets: number): void {
  const warnings = findings.filter(({ severity }) => severity === 'warning');
  const notes = findings.filter(({ severity, action }) => severity === 'note' && action === undefined);
  for (const finding of warnings) print(findingText(finding));
  for (const finding of notes) print(`note: ${findingText(finding)}`);
  for (const [heading, actions] of operationNotes(findings)) {
    print(`note: ${heading}:`);
    for (const action of actions) print(`  ${action}`);
  }
  const count = warnings.length === 1 ? '1 warning' : `${warnings.length} warnings`;
  print(`${count} in ${sets} ${sets === 1 ? 'set' : 'sets'} of policies`);
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
