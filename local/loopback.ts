import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export const LOOPBACK = '127.0.0.1';
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

/** A port that somebody else holds. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken';
  readonly port: number;

  constructor(port: number) {
    super(`port ${port} is taken`);
    this.port = port;
  }
}

/**
 * Binds to loopback only. Port 0 takes any.
 * @returns the port
 * @throws PortTaken
 */
export async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortTaken(port) : error),
    );
    server.listen(port, LOOPBACK, resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** Ends a server at once, connections kept alive by clients included. */
export async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}

/** A port that nobody holds at the moment, for a server that cannot be told to take any. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  const port = await listen(probe, 0);
  await close(probe);
  return port;
}
