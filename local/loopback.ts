import { randomInt } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';

export const LOOPBACK = '127.0.0.1';
/** Node's 5 s would end a connection just when a client that tries once uses it again. */
const KEEP_ALIVE_MS = 60_000;
const LOOPBACK_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]']);

const isLoopback = (url: string): boolean => URL.canParse(url) && LOOPBACK_NAMES.has(new URL(url).hostname);

/**
 * Whether a request was meant for this machine by this machine. A web page of elsewhere can reach a loopback port: by
 * a name that resolves to 127.0.0.1 (DNS rebinding), which `Host` shows, or by a plain form, which `Origin` shows.
 */
export function isForeign({ headers }: IncomingMessage): boolean {
  if (!isLoopback(`http://${headers.host ?? ''}`)) return true;
  return headers.origin !== undefined && !isLoopback(headers.origin);
}

/** A port that somebody else holds, or that only the system may take. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken';

  constructor(port: number, cause: NodeJS.ErrnoException) {
    super(cause.code === 'EACCES' ? `port ${port} is reserved for the system` : `port ${port} is taken`, {
      cause,
    });
  }
}

/**
 * Binds to loopback only. Port 0 takes any.
 * @returns the port
 * @throws PortTaken
 */
export async function listen(server: Server, port: number): Promise<number> {
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void =>
      reject(['EADDRINUSE', 'EACCES'].includes(error.code ?? '') ? new PortTaken(port, error) : error);
    server.once('error', failed);
    server.listen(port, LOOPBACK, () => {
      // Left on, it would swallow the first error of the running server.
      server.off('error', failed);
      resolve();
    });
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  return address.port;
}

/** Ends a server at once, connections kept alive by clients included. */
export async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}

/** A port that nobody holds at the moment, for a server that cannot be told to take any. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = anyPort();
    if (await isFree(port)) return port;
  }
}

/** A free port whose next one is free too. */
export async function freePortPair(): Promise<number> {
  for (;;) {
    const port = await freePort();
    if (await isFree(port + 1)) return port;
  }
}

/**
 * Below all that systems give to clients by themselves (32768 and more on Linux, 49152 on macOS and Windows): between
 * the look and its use, a port of those may go to any connection.
 */
const anyPort = (): number => randomInt(10_000, 32_000);

const isFree = (port: number): Promise<boolean> =>
  assureFree(port).then(
    () => true,
    (error: unknown) => {
      if (error instanceof PortTaken) return false;
      throw error;
    },
  );

/** @throws PortTaken */
export async function assureFree(port: number): Promise<void> {
  const probe = createServer();
  await listen(probe, port);
  await close(probe);
}
