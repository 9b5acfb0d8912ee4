/** `npm run bench`: every figure that the README quotes, measured anew. `--quick` shows only that it still works. */
import { parseArgs } from 'node:util';
import { QUIET_AWS_CLIENTS } from '../local/settings.ts';
import { authorizerAlone } from './authorizer.ts';
import { closeConnections } from './client.ts';
import { openCloud } from './cloud/open.ts';
import { compiler } from './compiler.ts';
import { deciders } from './deciders.ts';
import { machine } from './machine.ts';
import { ready } from './ready.ts';
import type { Effort } from './samples.ts';
import { formatTable, type Row, type Table } from './table.ts';
import { policyEdited, tenantAdded, tenantChange } from './tenant-change.ts';
import { throughTheGateway } from './through-the-gateway.ts';

Object.assign(process.env, QUIET_AWS_CLIENTS);
const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const effort: Effort = values.quick ? 'quick' : 'full';

const print = (text: string): void => void process.stdout.write(`${text}\n\n`);
const show = async (table: Table | Promise<Table>): Promise<void> => print(formatTable(await table));

print(machine());

const small = await openCloud(3);
const clouds = [small];
const changes: Row[] = [];
try {
  await show(throughTheGateway(small, effort));
  await show(authorizerAlone(small, effort));
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
await show(tenantChange(changes));
await show(ready(clouds));
await show(deciders(effort));
await show(compiler(effort));
closeConnections();
