import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** What other commands need to know of a running embedded cloud. */
export interface Running {
  readonly pid: number;
  readonly gateway: string;
  readonly endpoint: string;
  /** Of every test user; new for each start. */
  readonly password: string;
  /** Port at which the Pulumi engine attaches: `PULUMI_DEBUG_PROVIDERS=aws:<port>`. */
  readonly provider: number;
  /** Config keys of a stack that is deployed to it. */
  readonly config: Readonly<Record<string, string>>;
}

const FOLDER = '.cedarwright';
const fileIn = (root: string): string => path.join(root, FOLDER, 'running.json');

/** Readable by its owner alone: it holds the test users' password. */
export async function writeRunning(root: string, running: Running): Promise<void> {
  await mkdir(path.join(root, FOLDER), { recursive: true });
  // Whole at once: another command may be reading it.
  const next = `${fileIn(root)}.${process.pid}`;
  await writeFile(next, `${JSON.stringify(running, undefined, 2)}\n`, { mode: 0o600 });
  await rename(next, fileIn(root));
}

/** Leaves the note of another cloud alone, which was started after this one. */
export async function removeRunning(root: string): Promise<void> {
  const running = await readRunning(root);
  if (running?.pid === process.pid) await rm(fileIn(root), { force: true });
}

/** Undefined when no cloud runs; a note that a killed one left behind is none. */
export async function readRunning(root: string): Promise<Running | undefined> {
  const text = await readFile(fileIn(root), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const running: Running = JSON.parse(text);
  return isAlive(running.pid) ? running : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
