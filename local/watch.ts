import { watch as watchFiles } from 'chokidar';
import path from 'node:path';

/** Editors write a file in several steps; one quiet moment of this length ends them. */
const QUIET_MS = 30;

/**
 * Calls `changed` after each burst of changes below `tenants/`, never twice at once: changes during a call lead to one
 * more after it.
 * @returns a function that stops watching
 */
export async function watchTenants(root: string, changed: () => Promise<void>): Promise<() => Promise<void>> {
  const watcher = watchFiles(path.join(root, 'tenants'), {
    ignoreInitial: true,
    ignored: (file, stats) => stats?.isFile() === true && !file.endsWith('.ts'),
  });
  let timer: NodeJS.Timeout | undefined;
  let running = false;
  let again = false;

  const fire = async (): Promise<void> => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    do {
      again = false;
      await changed();
    } while (again);
    running = false;
  };

  watcher.on('all', () => {
    clearTimeout(timer);
    timer = setTimeout(() => void fire(), QUIET_MS);
  });
  await new Promise<void>((resolve) => watcher.once('ready', resolve));
  return async () => {
    clearTimeout(timer);
    await watcher.close();
  };
}
