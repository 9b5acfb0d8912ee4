import type { ServerResponse } from 'node:http';
import { deferred } from './deferred.ts';

/** An answer on its way out, which stays until it may go. */
export interface HeldBack {
  /** Its status, when it is complete. Rejects when the client goes away first. */
  readonly answered: Promise<number>;
  /** Lets it go. */
  release(): void;
  /** Forgets it, headers and all, so that another can be sent. */
  discard(): void;
}

const HELD = ['writeHead', 'write', 'end', 'flushHeaders'] as const;

/**
 * Keeps what is written to a response until its end, in the order in which it is written. A framework that sends when
 * its handler says so would otherwise promise what the commit may still refuse.
 */
export function holdBack(response: ServerResponse): HeldBack {
  const written: (() => void)[] = [];
  const answered = deferred<number>();
  const restored = HELD.map((name) => {
    const own = Object.getOwnPropertyDescriptor(response, name);
    return (): void => {
      if (own) Object.defineProperty(response, name, own);
      else Reflect.deleteProperty(response, name);
    };
  });

  for (const name of HELD)
    Object.defineProperty(response, name, {
      configurable: true,
      writable: true,
      value: (...given: unknown[]) => {
        if (name === 'writeHead' && typeof given[0] === 'number') response.statusCode = given[0];
        written.push(() => void Reflect.apply(response[name].bind(response), undefined, given));
        if (name === 'end') answered.resolve(response.statusCode);
        return name === 'write' ? true : response;
      },
    });
  response.once('close', () => answered.reject(new Error('the client went away')));

  const restore = (): void => {
    for (const one of restored) one();
  };
  return {
    answered: answered.promise,
    release() {
      restore();
      for (const write of written) write();
    },
    discard() {
      restore();
      for (const name of response.getHeaderNames()) response.removeHeader(name);
    },
  };
}
