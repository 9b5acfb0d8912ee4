import * as pulumi from '@pulumi/pulumi';
import { changeSummary } from './change-summary.ts';
import type { Input } from './input.ts';
import { physicalName } from './names.ts';
import { type Caches, propagation } from './propagation.ts';

/** Before the first resource of a preview: what changes for each tenant, and when everybody feels it. */
export async function announce({ before, plan, settings }: Input): Promise<void> {
  if (!pulumi.runtime.isDryRun()) return;
  const summary = changeSummary(before, plan.after);
  await pulumi.log.info(announcement({ summary, settings, policyTable: physicalName('policies') }));
}

export interface Announcement {
  readonly summary: string;
  readonly settings: Caches;
  readonly policyTable: string;
}

export function announcement({ summary, settings, policyTable }: Announcement): string {
  return [
    ...(summary === ''
      ? ['No tenant changes, and none of their policies.']
      : [summary, propagation(settings)]),
    // Whoever reads a preview for what will hold afterwards must not take it for all of it.
    `Live policies stay as they are: items live#<tenant> of the table ${policyTable}, of which a deployment knows nothing.`,
  ].join('\n');
}
