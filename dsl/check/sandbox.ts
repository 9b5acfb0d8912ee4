import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { Socket } from 'node:net';
import { transform } from 'esbuild';

/** A script to run and what it may use. */
export interface Job {
  /** The file name of its stack frames. */
  readonly name: string;
  /** Its value is a text. */
  readonly code: string;
  readonly timeoutMs: number;
  /** Characters. */
  readonly maxLength: number;
}

/** `time`, `memory`, `size`: a limit was reached. `failed`: it threw, or made no text. */
export type Answer =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly reason: 'time' | 'memory' | 'size' | 'failed' };

export interface Sandbox {
  /** Each context after this runs a script of ours first. */
  readonly setPrelude: (script: string) => void;
  /** Starts its process ahead of the first script. */
  readonly start: () => void;
  /** Runs after what was given before. Never rejects for anything that the script does. */
  readonly run: (job: Job) => Promise<Answer>;
  readonly close: () => void;
}

const MEMORY_MB = 256;
/** On top of a script's own limit, for a process that does not even answer. */
const PATIENCE_MS = 1_000;
/** A character takes up to 6 bytes in JSON, and the line has a frame. */
const lineLimit = ({ maxLength }: Job): number => maxLength * 6 + 100;

const REASONS = new Set<unknown>(['time', 'memory', 'size', 'failed']);

/** A sandbox that is at nobody's disposal: its process costs 0.15 s of a processor to start, and nothing to keep. */
let idle: Sandbox | undefined;

/** Lends a sandbox with this prelude. Whether it is a new one makes no more difference than between two files. */
export async function withSandbox<T>(prelude: string, use: (sandbox: Sandbox) => Promise<T>): Promise<T> {
  const sandbox = borrow();
  sandbox.setPrelude(prelude);
  try {
    return await use(sandbox);
  } finally {
    giveBack(sandbox);
  }
}

function borrow(): Sandbox {
  const sandbox = idle ?? openSandbox();
  idle = undefined;
  return sandbox;
}

function giveBack(sandbox: Sandbox): void {
  idle?.close();
  idle = sandbox;
}

/**
 * One process for all files of a load, each in a context of its own: what one changes in the language's own objects no
 * other sees. The process has an empty environment and, by Node's permission model, neither files, workers nor
 * children; text cannot become code. A process that dies or hangs is replaced, and only the script it ran has failed.
 */
export function openSandbox(): Sandbox {
  let prelude = '';
  let child: Promise<ChildProcess> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const start = (): Promise<ChildProcess> => {
    child = spawnChild();
    child.catch(() => undefined);
    return child;
  };
  /** The process, which knows the prelude by then. */
  const ready = async (before: string): Promise<ChildProcess> => {
    const running = await (child ?? start());
    const able = isDead(running) ? await start() : running;
    if (preludeOf.get(able) !== before) able.stdin?.write(`${JSON.stringify(before)}\n`);
    preludeOf.set(able, before);
    return able;
  };
  return {
    setPrelude: (script) => (prelude = script),
    start: () => {
      const before = prelude;
      last = last.then(() => ready(before)).catch(() => undefined);
    },
    run: (job) => {
      const before = prelude;
      const answer = last.then(async () => ask(await ready(before), job));
      last = answer.catch(() => undefined);
      return answer;
    },
    close: () => {
      child?.then(
        (running) => running.kill('SIGKILL'),
        () => undefined,
      );
    },
  };
}

/** What each process runs before a script. */
const preludeOf = new WeakMap<ChildProcess, string>();

const isDead = ({ exitCode, signalCode, killed }: ChildProcess): boolean =>
  killed || exitCode !== null || signalCode !== null;

async function spawnChild(): Promise<ChildProcess> {
  const source = await readFile(new URL('./sandbox-child.ts', import.meta.url), 'utf8');
  const { code } = await transform(source, { loader: 'ts', format: 'esm', target: 'node20' });
  const permission = process.allowedNodeEnvironmentFlags.has('--permission')
    ? '--permission'
    : '--experimental-permission';
  const child = spawn(
    process.execPath,
    [
      permission,
      '--no-warnings',
      '--frozen-intrinsics',
      '--disable-proto=delete',
      '--disallow-code-generation-from-strings',
      '--unhandled-rejections=none',
      `--max-old-space-size=${MEMORY_MB}`,
      '--input-type=module',
      '--eval',
      code,
    ],
    { env: {}, stdio: ['pipe', 'pipe', 'ignore'] },
  );
  // A write to a process that has died is told by its exit.
  child.stdin.on('error', () => undefined);
  child.on('error', () => undefined);
  // Nobody waits for it but whoever has asked, and that is a timer: with this process it ends by itself.
  child.unref();
  unref(child.stdin);
  unref(child.stdout);
  return child;
}

/** Pipes of a child are sockets, which Node's types do not say. */
const unref = (pipe: object): void => {
  if (pipe instanceof Socket) pipe.unref();
};

function ask(child: ChildProcess, job: Job): Promise<Answer> {
  return new Promise((done) => {
    const received: Buffer[] = [];
    let bytes = 0;
    const end = (answer: Answer, kill: boolean): void => {
      clearTimeout(deadline);
      child.stdout?.off('data', read);
      child.off('exit', died);
      if (kill) child.kill('SIGKILL');
      done(answer);
    };
    const read = (chunk: Buffer): void => {
      received.push(chunk);
      bytes += chunk.length;
      if (bytes > lineLimit(job)) end({ ok: false, reason: 'size' }, true);
      else if (chunk.includes('\n')) end(answerOf(Buffer.concat(received).toString('utf8')), false);
    };
    const died = (): void => end({ ok: false, reason: 'memory' }, true);
    const deadline = setTimeout(() => end({ ok: false, reason: 'time' }, true), job.timeoutMs + PATIENCE_MS);
    if (isDead(child) || child.pid === undefined) return died();
    child.stdout?.on('data', read);
    child.on('exit', died);
    child.stdin?.write(`${JSON.stringify(job)}\n`);
  });
}

/** The process ran hostile code: its answers are no more to be trusted than the code. */
function answerOf(line: string): Answer {
  try {
    const answer: unknown = JSON.parse(line);
    if (typeof answer === 'object' && answer !== null && 'ok' in answer) {
      if (answer.ok === true && 'text' in answer && typeof answer.text === 'string') {
        return { ok: true, text: answer.text };
      }
      if ('reason' in answer && isReason(answer.reason)) return { ok: false, reason: answer.reason };
    }
  } catch {
    // Not even JSON.
  }
  return { ok: false, reason: 'failed' };
}

const isReason = (value: unknown): value is 'time' | 'memory' | 'size' | 'failed' => REASONS.has(value);
