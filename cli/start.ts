import { randomBytes } from 'node:crypto';
import { startCloud, type Cloud, type Update } from '../local/cloud.ts';
import { freePort, PortTaken } from '../local/loopback.ts';
import { watchTenants } from '../local/watch.ts';
import { curlExamples } from './curl-examples.ts';
import { Expected } from './fail.ts';
import { readProject } from './project.ts';
import { removeRunning, writeRunning } from './running.ts';
import { print, step } from './terminal.ts';

/**
 * `cedarwright start`: brings the embedded cloud up, says how to try it, and follows the tenant files until a signal.
 * @throws Expected when a port is taken or the tenant files are not in order
 */
export async function start(root: string, port: number): Promise<void> {
  const project = await readProject(root);
  const password = `${randomBytes(18).toString('base64url')}aA1`;
  const cloud = await open(root, port, password, project);
  const stopWatching = await watchTenants(root, async () => report(await cloud.update()));
  await writeRunning(root, {
    pid: process.pid,
    gateway: cloud.gatewayUrl,
    endpoint: cloud.endpointUrl,
    password,
  });

  print(`\nready ${cloud.gatewayUrl}`);
  print(`endpoint ${cloud.endpointUrl}\n`);
  for (const line of await curlExamples(project.examples, cloud.gatewayUrl)) print(line);
  print('\nEdit or add a file in tenants/ and it holds. Ctrl-C ends everything.');

  await ended();
  print('stopping');
  await removeRunning(root);
  await stopWatching();
  await cloud.close();
  process.exit(0);
}

async function open(
  root: string,
  port: number,
  password: string,
  project: Awaited<ReturnType<typeof readProject>>,
): Promise<Cloud> {
  try {
    return await startCloud({
      root,
      port,
      password,
      backend: project.backend,
      migrations: project.migrations,
      step,
      log: print,
    });
  } catch (error) {
    if (error instanceof PortTaken) {
      throw new Expected(
        `port ${error.port} is taken — start on another one: npm start -- --port ${await freePort()}`,
      );
    }
    throw error;
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

/** Resolves at the first Ctrl-C or request to end; a second one does not wait for the tidy end. */
async function ended(): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(1));
        resolve();
      });
    }
  });
}
