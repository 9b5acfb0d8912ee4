import * as pulumi from '@pulumi/pulumi';
import { changeSummary } from './change-summary.ts';
import type { Input } from './input.ts';
import { propagation } from './propagation.ts';
import { tierWarning } from './tiers.ts';

/** Before the first resource of a preview: what changes for each tenant, and when everybody feels it. */
export async function announce({ before, plan, settings, tenants }: Input): Promise<void> {
  if (!pulumi.runtime.isDryRun()) return;
  const summary = changeSummary(before, plan.after);
  await pulumi.log.info(
    summary === ''
      ? 'No tenant changes, and none of their policies.'
      : `${summary}\n${propagation(settings)}`,
  );
  const warning = tierWarning(settings, tenants);
  if (warning !== undefined) await pulumi.log.warn(warning);
}
