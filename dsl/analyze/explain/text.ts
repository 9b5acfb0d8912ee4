import { printable } from '../../check/printable.ts';
import { showData, showSite, showValue } from '../../testing/explain/show.ts';
import { entityKey } from '../../../cedar/slice.ts';
import type { Explanation, Near, Part } from './explanation.ts';
import type { RecordedExplanation } from './recorded.ts';

/** More policies than these are counted, not listed. */
const MOST_LISTED = 12;

/** An explanation for a terminal. */
export function explanationText(explanation: Explanation | RecordedExplanation): string {
  const { request, decision, deciding, erring, nearly } = explanation;
  const data = (uid: typeof request.principal): string[] =>
    request.entities.filter((entity) => entityKey(entity.uid) === entityKey(uid)).map(showData);
  const sections: [string, string[]][] = [
    ['principal', data(request.principal)],
    ['action', [printable(request.action.id)]],
    ['resource', data(request.resource)],
    ['context', [printable(showValue(request.context))]],
    [
      'decision',
      [
        headline(explanation),
        ...deciding.map(partText),
        ...erring.map((part) => `${partText(part)}: ${part.message}`),
      ],
    ],
    [decision === 'allow' ? 'forbids' : 'nearly', listed(nearly)],
    ['unknown', 'untold' in explanation ? explanation.untold.flatMap(untoldText) : []],
  ];
  return sections
    .filter(([, lines]) => lines.length > 0)
    .map(([what, lines]) => `${what.padEnd(11)}${lines.join(`\n${' '.repeat(11)}`)}`)
    .join('\n');
}

function headline(explanation: Explanation | RecordedExplanation): string {
  const { decision, deciding, erring } = explanation;
  if (decision === 'unknown') return 'unknown: it depends on what was not recorded';
  if (erring.length > 0) return `${decision}, because a policy errs`;
  return deciding.length > 0 ? `${decision}, by` : `${decision}: no policy allows it`;
}

const untoldText = ({ policy, site, missing }: RecordedExplanation['untold'][number]): string[] => [
  `${policy} (${showSite(site)})`,
  `  reads what was not recorded: ${missing.join(', ')}`,
];

const partText = ({ policy, site }: Part): string => `  ${policy} (${showSite(site)})`;

function listed(nearly: readonly Near[]): string[] {
  const lines = nearly.slice(0, MOST_LISTED).flatMap(nearText);
  return nearly.length > MOST_LISTED ? [...lines, `and ${nearly.length - MOST_LISTED} more`] : lines;
}

function nearText({ policy, site, kept, condition, at, outcome, values }: Near): string[] {
  const seen = values.map(({ path, value }) => `    ${printable(`${path} is ${value}`)}`);
  if (kept === 'scope') return [`${policy} (${showSite(site)})`, `  ${condition}`];
  const unmet = kept === 'unless' ? 'unless this, which is true' : `this is ${outcome}`;
  return [`${policy} (${showSite(site)})`, `  ${unmet} (${showSite(at)}):`, `    ${condition}`, ...seen];
}
