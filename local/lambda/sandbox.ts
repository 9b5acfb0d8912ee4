import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

export interface FunctionError {
  readonly type: string;
  readonly message: string;
}

/** `result` is JSON text. */
export type Answer =
  | { readonly ok: true; readonly result: string }
  | { readonly ok: false; readonly error: FunctionError; readonly timedOut: boolean };

export interface SandboxArgs {
  /** The bundle's entry file and the name of its export. */
  readonly file: string;
  readonly exportName: string;
  /** All of the function's environment: nothing of this process's own reaches it. */
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly log: (line: string) => void;
}

/** One execution environment of a function: a worker thread with its own modules, one invocation at a time. */
export interface Sandbox {
  /** `event` is JSON text, `context` what the handler gets as its second argument. */
  invoke(event: string, context: object): Promise<Answer>;
  /** Whether it can take no more invocations: killed, crashed or ended by itself. */
  hasEnded(): boolean;
  close(): Promise<void>;
}

type FromRuntime =
  | { readonly kind: 'ready' }
  | { readonly kind: 'answered'; readonly result: string }
  | { readonly kind: 'failed'; readonly error: FunctionError; readonly timedOut?: true };

const RUNTIME = new URL('./runtime.js', import.meta.url);
/** Lambda Developer Guide, "Understanding the Lambda execution environment lifecycle". */
const INIT_TIMEOUT_SECONDS = 10;

export function startSandbox(args: SandboxArgs): Sandbox {
  const { file, exportName, environment, memoryMb, timeoutSeconds, log } = args;
  const worker = new Worker(RUNTIME, {
    workerData: { file, exportName },
    env: { ...environment },
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  });
  createInterface({ input: worker.stdout }).on('line', log);
  createInterface({ input: worker.stderr }).on('line', log);

  let crash: FunctionError | undefined;
  let ended: FromRuntime | undefined;
  let waiting: ((message: FromRuntime) => void) | undefined;
  const settle = (message: FromRuntime): void => {
    waiting?.(message);
    waiting = undefined;
  };
  const end = (type: string, message: string, timedOut?: true): void => {
    ended ??= { kind: 'failed', error: { type, message }, ...(timedOut && { timedOut }) };
    settle(ended);
  };
  worker.on('message', settle);
  // An error comes by another port than answers do, and may overtake the one sent before it. Node empties both
  // ports before it tells the exit.
  worker.on('error', ({ name, message }) => (crash = { type: name, message }));
  worker.on('exit', (code) => {
    const how = code === 0 ? 'without providing a reason' : `with error: exit status ${code}`;
    const { type, message } = crash ?? { type: 'Runtime.ExitError', message: `Runtime exited ${how}` };
    end(type, message);
  });

  const next = (): Promise<FromRuntime> =>
    new Promise((resolve) => {
      if (ended) resolve(ended);
      else waiting = resolve;
    });
  const started = next();

  /** Kills the worker when it does not answer in time: a loop that never ends can be stopped in no other way. */
  const within = async (seconds: number, answer: Promise<FromRuntime>): Promise<FromRuntime> => {
    const timer = new AbortController();
    const expire = async (): Promise<void> => {
      await delay(seconds * 1000, undefined, { signal: timer.signal });
      end('Sandbox.Timedout', `Task timed out after ${seconds.toFixed(2)} seconds`, true);
      await worker.terminate();
    };
    expire().catch(() => undefined);
    try {
      return await answer;
    } finally {
      timer.abort();
    }
  };

  return {
    async invoke(event, context) {
      const start = await within(INIT_TIMEOUT_SECONDS, started);
      if (start.kind === 'failed') return failed(start);
      const answer = next();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      worker.postMessage({ event, context, deadline: Date.now() + timeoutSeconds * 1000 });
      const message = await within(timeoutSeconds, answer);
      if (message.kind === 'answered') return { ok: true, result: message.result };
      return message.kind === 'failed' ? failed(message) : unexpected();
    },
    hasEnded: () => (ended ?? crash) !== undefined,
    async close() {
      end('Runtime.ExitError', 'The function was stopped');
      await worker.terminate();
    },
  };
}

const failed = ({ error, timedOut }: Extract<FromRuntime, { kind: 'failed' }>): Answer => ({
  ok: false,
  error,
  timedOut: timedOut ?? false,
});

function unexpected(): never {
  throw new Error('the function runtime started twice');
}
