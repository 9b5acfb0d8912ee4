import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { TYPESCRIPT } from '../../local/typescript/loader.ts';
import { QUIET_AWS_CLIENTS } from '../../local/settings.ts';
import type { Effort } from '../samples.ts';
import { syntheticProject } from '../synthetic/project.ts';
import { number, type Row, type Table } from '../table.ts';
import type { DeployArgs, Deployed } from './messages.ts';

const PROCESS = fileURLToPath(new URL('./process.ts', import.meta.url));
const ACTIONS = 40;
/** The SDK keeps what it makes of each resource until the run ends: for 1,000 tenants that is more than Node's own 4 GB. */
const HEAP = '--max-old-space-size=8192';
const TENANTS: Readonly<Record<Effort, readonly number[]>> = { full: [10, 100, 1_000], quick: [2] };

/** The whole program without the engine, from its start until everything it names is made. */
export async function* deploy(effort: Effort): AsyncGenerator<Table> {
  const rows: Row[] = [];
  for (const tenants of TENANTS[effort]) rows.push(row(tenants, await deployed(tenants)));
  yield {
    title: 'One deployment in process: seconds, and the most memory in MB',
    columns: ['resources', 'first', 'again', 'program', 'cloud'],
    rows,
    note:
      `Each tenant has 20 policies and the guardrails, of an API of ${ACTIONS} operations and 22 groups. From the start ` +
      'of the program until all is made; types are checked, functions bundled. Again: without any change. Program: ' +
      `its process, with NODE_OPTIONS=${HEAP}; cloud: the process that holds what was made. Once each. The sync, ` +
      'which carries the policies of each tenant to its stores afterwards, does not run.',
  };
}

const row = (tenants: number, { resources, first, again, program, cloud }: Deployed): Row => [
  `${tenants} tenants`,
  String(resources),
  number(first / 1000),
  number(again / 1000),
  program.toFixed(0),
  cloud.toFixed(0),
];

async function deployed(tenants: number): Promise<Deployed> {
  const project = await syntheticProject({ actions: ACTIONS, tenants, additions: 'nothing' });
  try {
    return await inProcess({ root: project.root });
  } finally {
    await project.close();
  }
}

const inProcess = (args: DeployArgs): Promise<Deployed> =>
  new Promise((resolve, reject) => {
    const env = { ...process.env, ...QUIET_AWS_CLIENTS, NODE_OPTIONS: HEAP };
    const child = fork(PROCESS, [], { execArgv: [...TYPESCRIPT], env });
    child.once('message', (answer: Deployed) => resolve(answer));
    child.once('exit', () => reject(new Error('the deployment ended without an answer')));
    child.send(args);
  });
