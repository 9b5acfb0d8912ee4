import { printable } from '../../check/printable.ts';
import { showData, showSite, showValue } from '../../testing/explain/show.ts';
import { entityKey } from '../../../cedar/slice.ts';
import type { Explanation, Near, Part } from './explanation.ts';

/** More policies than these are counted, not listed. */
const MOST_LISTED = 12;

/** An explanation for a terminal. */
export function explanationText(explanation: Explanation): string {
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
  ];
  return sections
    .filter(([, lines]) => lines.length > 0)
    .map(([what, lines]) => `${what.padEnd(11)}${lines.join(`\n${' '.repeat(11)}`)}`)
    .join('\n');
}

function headline({ decision, deciding, erring }: Explanation): string {
  if (erring.length > 0) return `${decision}, because a policy errs`;
  return deciding.length > 0 ? `${decision}, by` : `${decision}: no policy allows it`;
}

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
