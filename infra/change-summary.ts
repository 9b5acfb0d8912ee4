import { parseCedar } from '../cedar/text/policies.ts';
import type { Life, Lives } from './lives.ts';
import { sentenceOf } from './policy-sentence.ts';

/**
 * What a deployment changes for each tenant, in the words of those who own its policies: a line a policy with a sign
 * and a sentence, and the Cedar below it. Empty when nothing of a tenant changes.
 */
export function changeSummary(before: Lives, after: Lives): string {
  const slugs = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  return slugs.flatMap((slug) => tenantSummary(slug, before[slug], after[slug])).join('\n');
}

function tenantSummary(slug: string, before: Life | undefined, after: Life | undefined): string[] {
  if (after?.state === 'retiring')
    return before?.state === 'retiring'
      ? []
      : [`- tenant ${slug}: out of the registry; nobody gets in any more`];
  if (after?.state !== 'active') {
    return before && before.state !== 'retired'
      ? [`- tenant ${slug}: deleted, with its users and policies`]
      : [];
  }
  const old = before && before.state !== 'retired' ? before.policies : {};
  const lines = [...new Set([...Object.keys(old), ...Object.keys(after.policies)])]
    .toSorted()
    .flatMap((id) => policySummary(slug, id, old[id], after.policies[id]));
  if (before?.state === 'active') return lines.length === 0 ? [] : [`~ tenant ${slug}`, ...lines];
  const news = before?.state === 'retiring' ? 'back in the registry' : `new, as ${after.kind}`;
  return [`+ tenant ${slug}: ${news}`, ...lines];
}

function policySummary(
  slug: string,
  id: string,
  before: string | undefined,
  after: string | undefined,
): string[] {
  if (before === after) return [];
  const sign = before === undefined ? '+' : after === undefined ? '-' : '~';
  const text = after ?? before ?? '';
  return [`  ${sign} ${id}: ${sentence(slug, id, text)}`, ...indented(text)];
}

/** Principals and groups are printed with their tenant, which the line above names already. */
function sentence(slug: string, id: string, text: string): string {
  const [policy] = parseCedar(text, id).policies;
  return policy ? sentenceOf(policy).replaceAll(`${slug}|`, '') : '';
}

const indented = (text: string): string[] => text.split('\n').map((line) => `      ${line}`);
