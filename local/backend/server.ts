import { fork, type ChildProcess } from 'node:child_process';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { LOOPBACK } from '../loopback.ts';
import { typescriptFor } from '../typescript/loader.ts';

/** How long a service may take to listen. */
const PATIENCE_MS = 30_000;
/** How long it may take to end when it is asked to. */
const GRACE_MS = 2000;

export interface BackendArgs {
  /** The service's entry point. It listens on PORT of 127.0.0.1. */
  readonly entry: string;
  /** Folder of the project: the service's working directory. */
  readonly root: string;
  readonly port: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Takes what the service prints. */
  readonly log: (text: string) => void;
}

export interface Backend {
  close(): Promise<void>;
}

/**
 * Starts the backend service as a process of its own, as it would run behind the real gateway.
 * @throws Error with what the service printed, when it does not come to listen
 */
export async function startBackend({ entry, root, port, environment, log }: BackendArgs): Promise<Backend> {
  const child = fork(entry, [], {
    cwd: root,
    execArgv: [...(await typescriptFor(entry)), '--import', new URL('../leash.ts', import.meta.url).href],
    // Decisions with what they went by, as the functions of this cloud keep them too.
    env: { ...environment, PATH: process.env['PATH'], PORT: String(port), DECISION_RECORDS: 'log' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      printed = (printed + chunk.toString()).slice(-4000);
      log(chunk.toString());
    });
  }
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const close = async (): Promise<void> => {
    if (hasEnded(child)) return;
    child.kill();
    const impatience = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
    await exited;
    clearTimeout(impatience);
  };
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const listening = await accepts(port);
    // Asked after the attempt: who answers at the port of a service that has ended is somebody else.
    if (hasEnded(child)) throw new Error(`the backend ${entry} ended before it listened:\n${printed}`);
    if (listening) return { close };
    if (Date.now() > deadline) {
      await close();
      throw new Error(`the backend ${entry} did not listen within ${PATIENCE_MS / 1000} s:\n${printed}`);
    }
    await delay(20);
  }
}

/** Or never began, or was ended by a signal, which leaves no exit code. */
const hasEnded = ({ pid, exitCode, signalCode }: ChildProcess): boolean =>
  pid === undefined || exitCode !== null || signalCode !== null;

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, LOOPBACK);
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
