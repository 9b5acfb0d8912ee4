import { printable } from '../../check/printable.ts';
import type { Coverage, PolicyCoverage } from './coverage.ts';

const LONGEST_CONDITION = 100;

/** Coverage for a terminal: a line a policy, and under it what no test has seen. */
export function coverageTable({ policies, outcomes, percent }: Coverage): string {
  const width = Math.max(0, ...policies.map(({ id }) => id.length));
  const files = [...new Set(policies.map(({ site }) => site.file))];
  const blocks = files.map((file) => {
    const of = policies.filter(({ site }) => site.file === file);
    return [file, ...of.flatMap((policy) => policyLines(policy, width))].join('\n');
  });
  const deciding = policies.filter(({ decided }) => decided > 0).length;
  return [
    ...blocks,
    `${deciding} of ${policies.length} policies decided a request; ` +
      `${outcomes.seen} of ${outcomes.all} outcomes of policies and conditions seen: ${percent} %`,
  ].join('\n\n');
}

function policyLines(policy: PolicyCoverage, width: number): string[] {
  const { id, site, inScope, decided } = policy;
  const place = `${site.line}:${site.column}`.padStart(7);
  return [
    `${place}  ${id.padEnd(width)}  in scope ${String(inScope).padStart(3)}, decided ${String(decided).padStart(3)}`,
    ...gaps(policy).map((gap) => `${' '.repeat(11)}${gap}`),
  ];
}

/** What no test has seen of a policy. */
export function gaps({ inScope, decided, effect, clauses }: PolicyCoverage): string[] {
  if (inScope === 0) return ['no test asks for anything in its scope'];
  return [
    ...(decided === 0 ? [`it never ${effect === 'permit' ? 'allowed' : 'denied'} anything`] : []),
    ...clauses.flatMap(({ conditions }) =>
      conditions.flatMap(({ text, site, ...times }) => {
        const never = (['true', 'false'] as const).filter((outcome) => times[outcome] === 0);
        return never.length === 0
          ? []
          : [`${site.line}:${site.column} never ${never.join(' nor ')}: ${shortened(text)}`];
      }),
    ),
  ];
}

function shortened(text: string): string {
  const line = printable(text.replaceAll(/\s+/g, ' '));
  return line.length > LONGEST_CONDITION ? `${line.slice(0, LONGEST_CONDITION)}…` : line;
}
