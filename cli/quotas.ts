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

function table(uses: readonly QuotaUse[]): string {
  const rows = new Table({
    head: ['service', 'limit of an account and Region', 'used', 'limit', '%'],
    colAligns: ['left', 'left', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const { service, quota, used, limit } of uses) {
    rows.push([service, quota, used, limit, Math.ceil((100 * used) / limit)]);
  }
  return rows.toString();
}

const request = ({ service, quota, used, limit, raise }: QuotaUse): string =>
  `${service}, ${quota}: ${used} of ${limit} — ${raise ? `ask for ${used} or more: ${raise}` : 'AWS raises it for nobody: split into cells'}`;
