import { randomBytes } from 'node:crypto';
import { loadModel } from '../dsl/schema/model.ts';
import type { Cloud, CloudArgs, Update } from '../local/cloud.ts';
import { assureFree, freePortPair, PortTaken } from '../local/loopback.ts';
import { watchTenants } from '../local/watch.ts';
import { BACKEND_LOG, backendLog } from './backend-log.ts';
import { curlExamples } from './curl-examples.ts';
import { ended, whenOrphaned } from './ended.ts';
import { Expected } from './fail.ts';
import { readProject } from './project.ts';
import { removeRunning, writeRunning } from './running.ts';
import { print, step } from './terminal.ts';

/**
 * `cedarwright start`: brings the embedded cloud up, says how to try it, and follows the tenant files until a signal.
 * @param cli the Pulumi CLI that is to deploy; absent: the program runs without it
 * @throws Expected when a port is taken or the tenant files are not in order
 * @throws ProblemsError when the vocabulary of the API was never generated
 */
export async function start(root: string, port: number, cli?: string): Promise<void> {
  const { examples, ...service } = await readProject(root);
  // Everything that is started reads it: said once, before.
  loadModel(root);
  const password = `${randomBytes(18).toString('base64url')}aA1`;
  const log = backendLog(root);
  // Nothing is there yet that would have to be ended in order: what was started goes with this process.
  const stopLooking = whenOrphaned(() => process.exit(1));
  const cloud = await open({ root, port, password, ...service, step, backendLog: log, ...(cli && { cli }) });
  stopLooking();
  const end = ended();
  let stopping = false;
  const changed = async (): Promise<void> => {
    try {
      report(await cloud.update());
    } catch (error) {
      // A change that is under way when everything is ended fails in its own way.
      if (!stopping) print(`\n${stackOf(error)}\nwhat ran before still runs`);
    }
  };
  const stopWatching = await watchTenants(root, changed, (error) => {
    print(`\ntenants/ is no longer followed as a whole: ${String(error)} — start again`);
  });
  const { gatewayUrl: gateway, endpointUrl: endpoint, config } = cloud;
  const note = { pid: process.pid, gateway, endpoint, password, provider: cloud.provider.port, config };
  await writeRunning(root, note);

  print(`\nready ${gateway}`);
  print(`endpoint ${endpoint}\n`);
  for (const line of await curlExamples(examples, gateway)) print(line);
  print(`\nWhat the backend prints is in ${BACKEND_LOG}`);
  print('Edit or add a file in tenants/ and it holds. Ctrl-C ends everything.');

  await end;
  stopping = true;
  print('stopping');
  await removeRunning(root);
  await stopWatching();
  await cloud.close();
  process.exit(0);
}

async function open(args: CloudArgs): Promise<Cloud> {
  try {
    // Of the gateway and of the endpoint: what is likely to be wrong is told before half a second of loading.
    for (const port of [args.port, args.port + 1]) await assureFree(port);
    const { InputRefused, startCloud } = await import('../local/cloud.ts');
    return await startCloud(args).catch((error: unknown) => {
      throw error instanceof InputRefused ? new Expected(error.message) : error;
    });
  } catch (error) {
    if (!(error instanceof PortTaken)) throw error;
    throw new Expected(
      `${error.message} — start on another one: npm start -- --port ${await freePortPair()}`,
    );
  }
}

function report({ problems, changes, milliseconds }: Update): void {
  if (problems.length > 0) {
    print(`\n${problems.join('\n')}\nnothing was changed: what ran before still runs`);
    return;
  }
  const { created, updated, deleted } = changes;
  if (created + updated + deleted === 0) return;
  print(
    `enforced after ${(milliseconds / 1000).toFixed(1)} s: ${created} created, ${updated} updated, ${deleted} deleted`,
  );
}

const stackOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
