import { mkdirSync, rmSync, createWriteStream, type WriteStream } from 'node:fs';
import path from 'node:path';

/** From the project's root. */
export const BACKEND_LOG = path.join('.cedarwright', 'backend.log');

/**
 * Takes what the backend prints, which would bury what `start` has to say. The file is new for each start, readable by
 * its owner alone, and made at the first text: a start that fails leaves the file of the cloud that runs alone.
 */
export function backendLog(root: string): (text: string) => void {
  const file = path.join(root, BACKEND_LOG);
  let log: WriteStream | undefined;
  const open = (): WriteStream => {
    mkdirSync(path.dirname(file), { recursive: true });
    rmSync(file, { force: true });
    return createWriteStream(file, { mode: 0o600 });
  };
  return (text) => {
    log ??= open();
    log.write(text);
  };
}
