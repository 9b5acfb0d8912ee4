import { watch as watchFiles } from 'chokidar';
import path from 'node:path';

/** Editors write a file in several steps; one quiet moment of this length ends them. */
const QUIET_MS = 30;

/**
 * Calls `changed` after each burst of changes below `tenants/`, never twice at once: changes during a call lead to one
 * more after it.
 * @param changed must not reject: nobody waits for it
 * @param failed told when a folder can no longer be watched, as when the system's limit of watches is reached
 * @returns a function that stops watching; a call that is under way goes on
 */
export async function watchTenants(
  root: string,
  changed: () => Promise<void>,
  failed: (error: unknown) => void,
): Promise<() => Promise<void>> {
  const watcher = watchFiles(path.join(root, 'tenants'), {
    ignoreInitial: true,
    ignored: (file, stats) => stats?.isFile() === true && !file.endsWith('.ts'),
  });
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let last = Promise.resolve();
  let waiting = false;

  const fire = (): void => {
    if (waiting) return;
    waiting = true;
    last = last.then(async () => {
      waiting = false;
      if (!stopped) await changed();
    });
  };

  watcher.on('all', () => {
    clearTimeout(timer);
    timer = setTimeout(fire, QUIET_MS);
  });
  watcher.on('error', failed);
  await new Promise<void>((resolve) => watcher.once('ready', resolve));
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await watcher.close();
  };
}
