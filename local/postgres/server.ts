import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePort, LOOPBACK } from '../loopback.ts';
import { copyBinaries } from './binaries.ts';

export const SUPERUSER = 'postgres';
export const DATABASE = 'postgres';

export interface Postgres {
  readonly host: string;
  readonly port: number;
  /** Of the superuser, new for every server. */
  readonly password: string;
  /** Stops the server and removes its data. */
  close(): Promise<void>;
}

const run = promisify(execFile);

/**
 * Starts a real PostgreSQL server on a loopback port, with empty data in a temporary folder. Whatever ends this process
 * once it runs, SIGKILL included, ends the server and removes its data: see WATCHDOG.
 */
export async function startPostgres(): Promise<Postgres> {
  const user = await unprivileged();
  const folder = await mkdtemp(path.join(tmpdir(), 'cedarwright-postgres-'));
  try {
    const password = await initialise(folder, user);
    const port = await freePort();
    const server = startServer(folder, port, user);
    await ready(server);
    return { host: LOOPBACK, port, password, close: () => stop(server) };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** The copy of the programs stands below `native`, as the package's list of links expects. */
const places = (folder: string) => ({
  native: path.join(folder, 'native'),
  data: path.join(folder, 'data'),
  passwordFile: path.join(folder, 'password'),
});

/** @returns the superuser's password */
async function initialise(folder: string, user: User | undefined): Promise<string> {
  const { native, data, passwordFile } = places(folder);
  const password = randomBytes(18).toString('base64url');
  await Promise.all([
    copyBinaries(native),
    mkdir(data, { mode: 0o700 }),
    writeFile(passwordFile, password, { mode: 0o600 }),
  ]);
  // All of it, or the watchdog, which runs as the same user, could not remove it.
  if (user) await run('chown', ['-R', `${user.uid}:${user.gid}`, folder]);
  const options = [
    ['-D', data],
    ['-U', SUPERUSER],
    ['-A', 'scram-sha-256'],
    ['--pwfile', passwordFile],
    ['-E', 'UTF8'],
    ['--no-locale', '-N'],
  ];
  await run(path.join(native, 'bin/initdb'), options.flat(), { ...user, cwd: folder });
  return password;
}

/**
 * Waits until its standard input ends, which no way of ending the parent can prevent, then stops the server. It is
 * detached (a session of its own), so that a Ctrl-C to the process group does not end it before its work is done.
 */
const WATCHDOG = '"$@" & server=$!; read -r _; kill -INT "$server"; wait "$server"; cd /; rm -rf "$0"';

function startServer(folder: string, port: number, user: User | undefined): ChildProcess {
  const { native, data } = places(folder);
  // Durability costs 0.3 s at start and protects nothing: the data go with the server.
  const settings = {
    listen_addresses: LOOPBACK,
    port,
    unix_socket_directories: '',
    fsync: 'off',
    max_connections: 50,
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return spawn('sh', ['-c', WATCHDOG, folder, path.join(native, 'bin/postgres'), '-D', data, ...options], {
    ...user,
    cwd: folder,
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
}

async function ready(server: ChildProcess): Promise<void> {
  let log = '';
  const failed = (): Error => new Error(`PostgreSQL did not start:\n${log}`);
  try {
    await new Promise<void>((resolve, reject) => {
      server.stderr?.on('data', (chunk: Buffer) => {
        log += chunk.toString();
        if (log.includes('ready to accept connections')) resolve();
        if (log.includes('database system is shut down') || log.includes('FATAL')) reject(failed());
      });
      server.once('error', reject);
      server.once('exit', () => reject(failed()));
    });
  } catch (error) {
    // The watchdog outlives a server that failed, until it is told to go.
    await stop(server);
    throw error;
  }
  server.stderr?.removeAllListeners('data').resume();
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.pid === undefined || server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, 'exit');
  server.stdin?.end();
  await exited;
}

interface User {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root: then it runs as `nobody`. */
async function unprivileged(): Promise<User | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const id = async (what: string): Promise<number> => Number((await run('id', [what, 'nobody'])).stdout);
  return { uid: await id('-u'), gid: await id('-g') };
}
