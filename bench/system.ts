import { QUIET_AWS_CLIENTS } from '../local/settings.ts';
import { authorizerAlone } from './authorizer.ts';
import { closeConnections } from './client.ts';
import { openCloud } from './cloud/open.ts';
import { compiler } from './compiler.ts';
import { ready } from './ready.ts';
import { request } from './request/request.ts';
import type { Effort } from './samples.ts';
import type { Row, Table } from './table.ts';
import { policyEdited, tenantAdded, tenantChange } from './tenant-change.ts';
import { throughTheGateway } from './through-the-gateway.ts';

/** The running system: a cloud with few tenants, one with many, and its parts by themselves. */
export async function* system(effort: Effort): AsyncGenerator<Table> {
  Object.assign(process.env, QUIET_AWS_CLIENTS);
  const small = await openCloud(1);
  const clouds = [small];
  const changes: Row[] = [];
  try {
    yield await throughTheGateway(small, effort);
    yield await authorizerAlone(small, effort);
    changes.push(await policyEdited(small, effort), await tenantAdded(small, effort));
  } finally {
    await small.close();
  }
  if (effort === 'full') {
    const large = await openCloud(20);
    clouds.push(large);
    try {
      changes.push(await policyEdited(large, effort));
    } finally {
      await large.close();
    }
  }
  yield tenantChange(changes);
  yield ready(clouds);
  // In a hurry the first is asked for by its own name, and the second is what `npm run check` does.
  if (effort === 'full') {
    yield* request(effort);
    yield await compiler();
  }
  closeConnections();
}
