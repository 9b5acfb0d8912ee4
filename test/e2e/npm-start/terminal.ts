import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePortPair } from '../../../local/loopback.ts';
import { familyOf, type Family } from './processes.ts';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A project's folder, in which commands are run as a person would run them. */
export interface Terminal {
  readonly root: string;
  /** Runs a program to its end. */
  run(program: string, args: readonly string[]): Promise<Ended>;
  /** What is pasted into a shell, where `npx cedarwright` is the command at once: npm's part in it takes a second. */
  shell(command: string): Promise<Ended>;
  /** `npm start -- --port …`, until it says this; by default, that it serves. */
  start(until?: string): Promise<Running>;
  /** Data folders of PostgreSQL that are still there. */
  databases(): Promise<string[]>;
  /** Ends whatever a failed test left behind. */
  close(): Promise<void>;
}

export interface Running {
  readonly npm: number;
  /** The process that npm started, once it serves. */
  main(): Promise<number>;
  readonly port: number;
  /** Both streams, as a terminal shows them. */
  output(): string;
  /** What is left, and whether a port still answers: empty when all has ended. */
  left(): Promise<string[]>;
}

export async function openTerminal(root: string): Promise<Terminal> {
  const temporary = await mkdtemp(path.join(tmpdir(), 'cedarwright-start-'));
  // As /tmp is: root's PostgreSQL runs as another user, who makes and removes its data there.
  await chmod(temporary, 0o1777);
  // What tsx has compiled before stands in the usual place.
  const compiled = `tsx-${process.geteuid?.()}`;
  await mkdir(path.join(tmpdir(), compiled), { recursive: true });
  await symlink(path.join(tmpdir(), compiled), path.join(temporary, compiled));
  const options = {
    cwd: root,
    // A group of its own, as a shell gives every command: a Ctrl-C reaches all of it.
    detached: true,
    env: {
      ...process.env,
      TMPDIR: temporary,
      npm_config_cache: path.join(temporary, 'npm'),
      // With a new cache npm would ask its registry, and wait for the answer, before it ends.
      npm_config_update_notifier: 'false',
    },
  };
  const programs = path.join(temporary, 'bin');
  await mkdir(programs);
  await writeFile(path.join(programs, 'npx'), NPX, { mode: 0o755 });
  const inShell = { ...options.env, PATH: `${programs}${path.delimiter}${process.env['PATH']}` };
  const families: Family[] = [];
  const run = async (program: string, args: readonly string[], env = options.env): Promise<Ended> => {
    const child = spawn(program, args, { ...options, env });
    const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
    const [code = null]: (number | null)[] = await once(child, 'close');
    return { code, stdout: stdout(), stderr: stderr() };
  };

  return {
    root,
    run,
    shell: (command) => run('sh', ['-c', command], inShell),
    async start(until = 'Ctrl-C ends everything') {
      const port = await freePortPair();
      const child = spawn('npm', ['start', '--', '--port', String(port)], options);
      const npm = child.pid!;
      const family = familyOf(npm);
      families.push(family);
      const texts = [collect(child.stdout), collect(child.stderr)];
      const output = (): string => texts.map((text) => text()).join('');
      while (!output().includes(until)) {
        if (child.exitCode !== null) throw new Error(`npm start ended:\n${output()}`);
        await delay(20);
      }
      return {
        npm,
        main: () => mainProcess(root),
        port,
        output,
        async left() {
          const living = (await family.living()).map(({ pid, command }) => `${pid} ${command}`);
          const answering = await Promise.all(
            [port, port + 1].map(async (one) => ((await answers(one)) ? [`port ${one}`] : [])),
          );
          return [...living, ...answering.flat()];
        },
      };
    },
    async databases() {
      return (await readdir(temporary)).filter((name) => name.startsWith('cedarwright-postgres-'));
    },
    async close() {
      for (const family of families) {
        for (const { pid } of await family.living()) kill(pid);
      }
      await rm(temporary, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

const NPX = `#!/bin/sh
[ "$1" = cedarwright ] && shift && exec node cli/cedarwright.js "$@"
`;

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended with one that was killed before.
  }
}

function collect(stream: NodeJS.ReadableStream): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return () => text;
}

export const noteIn = (root: string): string => path.join(root, '.cedarwright', 'running.json');

async function mainProcess(root: string): Promise<number> {
  const { pid }: { pid: number } = JSON.parse(await readFile(noteIn(root), 'utf8'));
  return pid;
}

export const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
