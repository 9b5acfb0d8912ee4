import type { Site } from '../../../cedar/ast.ts';
import { printable } from '../../check/printable.ts';
import { sha256Hex } from '../../../cedar/hash.ts';
import { environmentKey } from '../environments.ts';
import type { Compared } from './compared.ts';
import type { Counterexample, Half, Row } from './row.ts';
import { leftOpen, requestLines, rowName, toldLines } from './words.ts';

/** What code scanning shows of a kind of finding, and how gravely. */
const RULES = [
  {
    id: 'NEWLY_ALLOWED',
    level: 'error',
    text: 'A request that was denied before is allowed now.',
    help: 'See that this is meant: the example says who can do what that nobody could before.',
  },
  {
    id: 'NEWLY_DENIED',
    level: 'warning',
    text: 'A request that was allowed before is denied now.',
    help: 'See that nobody needs what the example asks for.',
  },
  {
    id: 'NOT_KNOWN',
    level: 'note',
    text: 'Whether requests are decided otherwise is not known for sure.',
    help: 'Install the solver, or look at the policies of this kind of request.',
  },
] as const;

type Rule = (typeof RULES)[number]['id'];

interface Result {
  readonly rule: Rule;
  readonly row: Row;
  readonly text: string;
  readonly site: Site;
}

/** A diff as SARIF 2.1.0, on the lines of the builders. @param fallback where a set is told of that has no line left */
export function diffSarif({ diffs }: Compared, fallback: (set: string) => string): string {
  const results = diffs.flatMap(({ rows }) => rows.flatMap((row) => resultsOf(row, fallback(row.set))));
  return JSON.stringify(
    {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'cedarwright diff',
              rules: RULES.map(({ id, level, text, help }) => ({
                id,
                shortDescription: { text },
                help: { text: help },
                defaultConfiguration: { level },
              })),
            },
          },
          columnKind: 'utf16CodeUnits',
          results: results.map(sarifResult),
        },
      ],
    },
    undefined,
    2,
  );
}

function resultsOf(row: Row, file: string): Result[] {
  const { opened, narrowed } = row;
  const shown = (rule: Rule, what: string, { example }: Half): Result[] =>
    example ? [{ rule, row, text: exampleText(row, what, example), site: siteOf(example, file) }] : [];
  const open = [leftOpen(opened, 'newly allowed'), leftOpen(narrowed, 'newly denied')]
    .filter((line) => line !== undefined)
    .join('; ');
  return [
    ...shown('NEWLY_ALLOWED', 'newly allowed', opened),
    ...shown('NEWLY_DENIED', 'newly denied', narrowed),
    ...(open === ''
      ? []
      : [
          {
            rule: 'NOT_KNOWN' as const,
            row,
            text: `${row.set}: ${rowName(row)}: ${open}`,
            site: { file, line: 1, column: 1 },
          },
        ]),
  ];
}

function exampleText(row: Row, what: string, { request, before, after }: Counterexample): string {
  return [
    `${printable(row.set)}: ${rowName(row)}: ${what}, for example`,
    ...requestLines(request).map(([label, line]) => `${label}: ${line}`),
    ...toldLines(before).map((line) => `before: ${line}`),
    ...toldLines(after).map((line) => `now: ${line}`),
  ].join('\n');
}

/** Where the change is, in the version of now: what decides there, else what ceased to. */
function siteOf({ after }: Counterexample, file: string): Site {
  const there = after.policies.filter(({ part }) => part !== 'is not there');
  // A policy that does something else than before is nearer to the change than one that decides for want of it.
  const changed = there.find(({ part }) => part === 'does not apply') ?? there[0];
  return changed?.site ?? { file, line: 1, column: 1 };
}

const sarifResult = ({ rule, row, text, site }: Result) => ({
  ruleId: rule,
  ruleIndex: RULES.findIndex(({ id }) => id === rule),
  level: RULES.find(({ id }) => id === rule)?.level,
  // Brackets before parentheses would be a link.
  message: { text: text.replaceAll('](', '] (') },
  locations: [
    {
      physicalLocation: {
        artifactLocation: { uri: uriOf(site.file) },
        region: { startLine: site.line, startColumn: site.column },
      },
    },
  ],
  // The same difference is the same alert, wherever its line moves.
  partialFingerprints: {
    'differs/v1': sha256Hex(JSON.stringify([rule, row.set, environmentKey(row.environment)])),
  },
  properties: { tenant: row.set, verdict: row.verdict },
});

const uriOf = (file: string): string => file.split('/').map(encodeURIComponent).join('/');
