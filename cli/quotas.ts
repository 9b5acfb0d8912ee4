import Table from 'cli-table3';
import { isExceeded, quotaUses, rates, type QuotaUse } from '../infra/quotas.ts';
import { inspect } from './inspect.ts';

/** Past a limit: what CI stops at. */
export const EXCEEDED = 10;

/**
 * `cedarwright quotas`: what the tenants of this project take of an account's limits.
 * @returns what to print, and how to end
 * @throws ProblemsError when the project is not in order
 */
export async function quotas(root: string, json: boolean): Promise<{ text: string; exitCode: number }> {
  const { model, tenants } = await inspect(root, Promise.resolve([]));
  const uses = quotaUses({ model, tenants });
  const exceeded = uses.filter(isExceeded);
  return {
    exitCode: exceeded.length > 0 ? EXCEEDED : 0,
    text: json
      ? JSON.stringify({ quotas: uses.map((use) => ({ ...use, exceeded: isExceeded(use) })) }, undefined, 2)
      : [table(uses), ...rates({ tenants }), ...exceeded.map(request)].join('\n'),
  };
}

/** The columns of a terminal that nobody has widened. */
const WIDTH = 80;
const HEAD = ['service', 'limit of an account and Region', 'used', 'limit', '%'] as const;

function table(uses: readonly QuotaUse[]): string {
  const rows = uses.map(({ service, quota, used, limit }) =>
    [service, quota, used, limit, Math.ceil((100 * used) / limit)].map(String),
  );
  // A border and a space on either side of each. What the other columns leave, is for the one with sentences in it.
  const widths = HEAD.map((head, column) =>
    Math.max(...[head, ...rows.map((row) => row[column] ?? '')].map(({ length }) => length + 2)),
  );
  const others = widths.reduce((sum, width, column) => sum + 1 + (column === 1 ? 0 : width), 1);
  const printed = new Table({
    head: [...HEAD],
    colAligns: ['left', 'left', 'right', 'right', 'right'],
    colWidths: widths.with(1, Math.min(widths[1] ?? 0, WIDTH - others)),
    wordWrap: true,
    style: { head: [], border: [], compact: true },
  });
  printed.push(...rows);
  return printed.toString();
}

const request = ({ service, quota, used, limit, raise }: QuotaUse): string =>
  `${service}, ${quota}: ${used} of ${limit} — ${raise ? `ask for ${used} or more: ${raise}` : 'AWS raises it for nobody: split into cells'}`;
