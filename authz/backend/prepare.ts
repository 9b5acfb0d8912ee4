import { type Covering, refuseGaps } from './coverage.ts';
import type { GuardOptions, Kit } from './options.ts';
import { refusePrivilegedRole } from './privileged-role.ts';
import { createRateLimit } from './rate-limit.ts';

/** Batches of a user interface's questions, of each principal: a page asks for a few when it opens. */
const BATCHES = { perSecond: 10, burst: 30 };

/** Of an idle connection: the next request opens another. Unheard, the event would end the process. */
const ignoreLoss = (): void => {};

/**
 * Looks at a service before its first request.
 * @throws Error when something of its API document is not covered, when the gateway's secret is empty, or when row
 * level security does not bind the database role
 */
export async function prepare(options: GuardOptions, covering: Partial<Covering> = {}): Promise<Kit> {
  const { database, now } = options;
  refuseGaps(options, covering);
  if (database) await refusePrivilegedRole(database);
  if (database && !database.listeners('error').includes(ignoreLoss)) database.on('error', ignoreLoss);
  return { ...options, batches: createRateLimit(BATCHES.perSecond, BATCHES.burst, now) };
}
