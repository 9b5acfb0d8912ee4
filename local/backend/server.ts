import { fork } from 'node:child_process';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { LOOPBACK } from '../loopback.ts';
import { TYPESCRIPT } from '../typescript-loader.ts';

export interface BackendArgs {
  /** The service's entry point. It listens on PORT of 127.0.0.1. */
  readonly entry: string;
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
 * @throws Error with what the service printed, when it ends before it listens
 */
export async function startBackend({ entry, port, environment, log }: BackendArgs): Promise<Backend> {
  const child = fork(entry, [], {
    execArgv: [...TYPESCRIPT, '--import', new URL('./leash.ts', import.meta.url).href],
    env: { ...environment, PATH: process.env['PATH'], PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      printed = (printed + chunk.toString()).slice(-4000);
      log(chunk.toString());
    });
  }
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  while (!(await accepts(port))) {
    if (child.exitCode !== null)
      throw new Error(`the backend ${entry} ended before it listened:\n${printed}`);
    await delay(20);
  }
  return {
    async close() {
      child.kill();
      await exited;
    },
  };
}

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, LOOPBACK);
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
