/** An embedded cloud in a process of its own, as `npm start` makes one, that tells its parent what it does. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startCloud } from '../../local/cloud.ts';
import { watchTenants } from '../../local/watch.ts';
import type { CloudSettings, FromCloud } from './messages.ts';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const tell = (message: FromCloud): void => void process.send?.(message);

process.once('message', (settings: CloudSettings) => {
  serve(settings).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  });
});

async function serve({ root, password, config }: CloudSettings): Promise<void> {
  let backendUrl = '';
  const cloud = await startCloud({
    root,
    port: 0,
    password,
    config,
    backend: fileURLToPath(new URL('./backend.ts', import.meta.url)),
    migrations: path.join(REPOSITORY, 'demo/migrations'),
    backendLog: (printed) => {
      backendUrl = /^backend (\S+)/m.exec(printed)?.[1] ?? backendUrl;
    },
  });
  const changed = async (): Promise<void> => {
    const noticedAt = Date.now();
    const { milliseconds, problems } = await cloud.update();
    if (problems.length > 0) throw new Error(problems.join('\n'));
    tell({ kind: 'updated', noticedAt, milliseconds });
  };
  const stopWatching = await watchTenants(root, changed, (error) => {
    throw error;
  });
  const close = async (): Promise<void> => {
    await stopWatching();
    await cloud.close();
    process.exit();
  };
  process.once('disconnect', () => void close());
  tell({ kind: 'ready', gatewayUrl: cloud.gatewayUrl, endpointUrl: cloud.endpointUrl, backendUrl });
}
