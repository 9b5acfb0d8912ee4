import { QUIET_AWS_CLIENTS } from '../../local/settings.ts';
import { closeConnections } from '../client.ts';
import { coldStart } from '../cold-start.ts';
import { deciders } from '../deciders.ts';
import type { Effort } from '../samples.ts';
import type { Table } from '../table.ts';
import { protectedRoute } from './protected.ts';

/** What authorization costs a request, whoever decides, and a function that starts. */
export async function* request(effort: Effort): AsyncGenerator<Table> {
  Object.assign(process.env, QUIET_AWS_CLIENTS);
  yield await protectedRoute(effort);
  yield await deciders(effort);
  yield await coldStart(effort);
  closeConnections();
}
