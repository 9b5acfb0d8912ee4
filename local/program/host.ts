import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { FromProgram, TenantUsers, ToProgram } from './messages.ts';
import { Ledger, type Changes } from './ledger.ts';
import { TYPESCRIPT } from '../typescript-loader.ts';
import type { Invokes, Properties, ResourceHandlers } from './resource.ts';

export interface ProgramArgs {
  /** Folder that holds `tenants/`: the program's working directory. */
  readonly root: string;
  readonly stack: string;
  readonly handlers: ResourceHandlers;
  readonly invokes: Invokes;
}

/** `problems`: the program refused its input, or the cloud refused a resource. */
export interface Outcome {
  readonly changes: Changes;
  readonly problems: readonly string[];
  readonly tenants: readonly TenantUsers[];
}

/** The unmodified Pulumi program, run against the embedded cloud as often as its input changes. */
export interface Program {
  run(config: Readonly<Record<string, string>>): Promise<Outcome>;
  close(): void;
}

const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url));

export function createProgram({ root, stack, handlers, invokes }: ProgramArgs): Program {
  const ledger = new Ledger(handlers);
  let next = warm(root);
  let closed = false;
  return {
    async run(config) {
      const process = next;
      const child = await process.ready;
      try {
        return await runIn(child, stack, config, ledger, invokes);
      } finally {
        child.kill();
        // Warmed only now: it would compete with the run for the processor.
        if (!closed) next = warm(root);
      }
    },
    close() {
      closed = true;
      next.child.kill();
    },
  };
}

interface Warming {
  readonly child: ChildProcess;
  readonly ready: Promise<ChildProcess>;
}

function warm(root: string): Warming {
  const child = fork(CHILD, [], {
    cwd: root,
    execArgv: [...TYPESCRIPT],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const ready = new Promise<ChildProcess>((resolve, reject) => {
    let errors = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    child.once('message', (message: FromProgram) => {
      if (message.kind === 'warm') resolve(child);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the program's process ended with ${code}: ${errors}`)));
  });
  // Killed before it was ever asked to run, at the end: nobody waits for it.
  ready.catch(() => undefined);
  return { child, ready };
}

async function runIn(
  child: ChildProcess,
  stack: string,
  config: Readonly<Record<string, string>>,
  ledger: Ledger,
  invokes: Invokes,
): Promise<Outcome> {
  const run = ledger.begin();
  const answer = (message: ToProgram): void => void child.send(message, () => undefined);
  const ended = await new Promise<Ended>((resolve) => {
    const handle = async (message: FromProgram): Promise<void> => {
      if (message.kind === 'ended') return resolve(message);
      if (message.kind === 'register') {
        const { call, type, name, inputs } = message;
        answer({ kind: 'registered', call, ...(await run.register(type, name, inputs)) });
      } else if (message.kind === 'invoke') {
        answer({
          kind: 'invoked',
          call: message.call,
          result: invoked(invokes, message.token, message.args),
        });
      }
    };
    child.on('message', (message: FromProgram) => {
      handle(message).catch((error: unknown) => {
        const { call } = message as { call: number };
        answer({ kind: 'failed', call, message: error instanceof Error ? error.message : String(error) });
      });
    });
    child.once('exit', (code) => {
      resolve({ kind: 'ended', message: `the program's process ended with ${code}`, tenants: [] });
    });
    answer({ kind: 'run', stack, config });
  });
  // A program that refused its input, whose failures are its own consequence, is quoted alone.
  const problems = run.failures.length > 0 ? run.failures : (ended.message?.split('\n') ?? []);
  return { changes: await run.end(problems.length === 0), problems, tenants: ended.tenants };
}

type Ended = Extract<FromProgram, { kind: 'ended' }>;

function invoked(invokes: Invokes, token: string, args: Properties): Properties {
  const invoke = invokes[token];
  if (!invoke) throw new Error(`the embedded cloud does not know the data source ${token}`);
  return invoke(args);
}
