import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Ended, type FromProgram, type TenantUsers, type ToProgram } from './messages.ts';
import { Ledger, type Changes, type Run } from './ledger.ts';
import { OWN_TYPESCRIPT } from '../typescript/loader.ts';
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
  /** One at a time. */
  run(config: Readonly<Record<string, string>>): Promise<Outcome>;
  /**
   * Warms a process up for the next run, where the last one cannot be used for it, when there is time: it would compete
   * with anything else for the processor.
   */
  prepare(): void;
  close(): void;
}

const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url));
const LEASH = new URL('../leash.ts', import.meta.url).href;

export function createProgram({ root, stack, handlers, invokes }: ProgramArgs): Program {
  const ledger = new Ledger(handlers);
  let next: Warming | undefined = warm(root);
  let closed = false;
  return {
    async run(config) {
      const current = next ?? warm(root);
      next = undefined;
      let again = false;
      try {
        const { outcome, fit } = await runIn(current, stack, config, ledger, invokes);
        again = fit && !closed;
        return outcome;
      } finally {
        if (again) next = current;
        else kill(current);
      }
    },
    prepare() {
      if (!closed) next ??= warm(root);
    },
    close() {
      closed = true;
      if (next) kill(next);
    },
  };
}

/** A process that is made ready to run the program. */
interface Warming {
  readonly child: ChildProcess;
  readonly ready: Promise<void>;
  /** How it ended, whenever it does. */
  readonly ended: Promise<string>;
}

function warm(root: string): Warming {
  const child = fork(CHILD, [], {
    cwd: root,
    // A run makes garbage by the resource: with V8's own 16 MB a quarter of its time is spent on collecting it.
    execArgv: ['--max-semi-space-size=64', ...OWN_TYPESCRIPT, '--import', LEASH],
    // The bundler, written in Go, spends a third of its time on collecting 11 MB of garbage.
    env: { ...process.env, GOGC: '400' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const ended = new Promise<string>((resolve) => {
    child.once('error', ({ message }) => resolve(`the program's process failed: ${message}`));
    // Not at its exit, which may come before the last of what it printed.
    child.once('close', (code, signal) => {
      resolve(`the program's process ended with ${signal ?? code}: ${errors}`);
    });
  });
  // Its first message says that it is warm.
  const ready = new Promise<void>((resolve) => child.once('message', () => resolve()));
  return { child, ready, ended };
}

/** A process that could not be started has number 0 to the system, and a signal to that is one to our whole group. */
function kill({ child }: Warming): void {
  if (child.pid !== undefined) child.kill();
}

type Asked = Extract<FromProgram, { kind: 'register' | 'invoke' }>;

async function runIn(
  { child, ready, ended }: Warming,
  stack: string,
  config: Readonly<Record<string, string>>,
  ledger: Ledger,
  invokes: Invokes,
): Promise<{ readonly outcome: Outcome; readonly fit: boolean }> {
  const run = ledger.begin();
  // A process that has gone has no use for it, and how it went is told elsewhere.
  const answer = (message: ToProgram): void => void child.send(message, () => undefined);
  const responses: Promise<void>[] = [];
  const done = new Promise<Ended>((resolve) => {
    child.on('message', function listen(message: FromProgram) {
      if (message.kind === 'ended') {
        child.off('message', listen);
        resolve(message);
      } else if (message.kind !== 'warm') responses.push(respond(message, run, invokes).then(answer));
    });
  });
  const died = ended.then((message): Ended => ({ kind: 'ended', message, tenants: [], again: false }));
  await Promise.race([ready, died]);
  answer({ kind: 'run', stack, config });
  const { message, tenants, again } = await Promise.race([done, died]);
  // A program that died has not waited for what it asked for; the ledger must hear of it all the same.
  await Promise.all(responses);
  // A program that refused its input, whose failures are its own consequence, is quoted alone.
  const wrong = run.failures.length > 0 ? run.failures : (message?.split('\n') ?? []);
  const changes = await run.end(wrong.length === 0);
  const problems = wrong.length > 0 ? wrong : run.failures;
  return { outcome: { changes, problems, tenants }, fit: again && run.failures.length === 0 };
}

async function respond(message: Asked, run: Run, invokes: Invokes): Promise<ToProgram> {
  const { call } = message;
  try {
    return message.kind === 'register'
      ? { kind: 'registered', call, ...(await run.register(message.type, message.name, message.inputs)) }
      : { kind: 'invoked', call, result: await invoked(invokes, message.token, message.args) };
  } catch (error) {
    return { kind: 'failed', call, message: error instanceof Error ? error.message : String(error) };
  }
}

async function invoked(invokes: Invokes, token: string, args: Properties): Promise<Properties> {
  const invoke = invokes[token];
  if (!invoke) throw new Error(`the embedded cloud does not know the data source ${token}`);
  return invoke(args);
}
