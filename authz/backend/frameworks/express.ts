import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Guard } from '../guard.ts';
import { readRaw, readTarget, send } from '../http.ts';
import type { FrameworkRoute } from '../route-of.ts';
import { rememberCall } from './allowed-call.ts';
import { holdBack } from './hold-back.ts';

/** What of Express's request is used here. */
interface ExpressRequest extends IncomingMessage {
  readonly originalUrl: string;
  readonly baseUrl: string;
  readonly body?: unknown;
  readonly route?: unknown;
}

/**
 * Middleware for Express 5: `app.use(express.json(), expressMiddleware(guard))`, before the routes and behind `cors()`.
 * Handlers ask `allowedCall(req)` for the tenant's transaction. It is over when they have answered; until it is
 * committed, the answer is held back, streams included.
 */
export const expressMiddleware =
  (guard: Guard) =>
  (request: ExpressRequest, response: ServerResponse, next: () => void): void => {
    const raw = { ...readRaw(request), ...readTarget(request.originalUrl) };
    const held = holdBack(response);
    guard({ raw, body: async () => request.body }, async (call) => {
      if (call) rememberCall(request, call);
      next();
      const status = await held.answered;
      return { status, route: routeOf(request) };
    })
      .then((answer) => {
        if (!answer) return held.release();
        held.discard();
        send(response, answer);
      })
      .catch(() => response.destroy());
  };

/** The path where the handler is mounted, and its own there. Undefined where none was found. */
function routeOf({ baseUrl, route }: ExpressRequest): FrameworkRoute | undefined {
  if (typeof route !== 'object' || route === null || !('path' in route)) return undefined;
  // A pattern, or a list of paths: which of them it was, nobody says.
  const own = typeof route.path === 'string' ? route.path : '*';
  if (baseUrl === '') return { path: own };
  return { path: own === '/' ? baseUrl : baseUrl + own, mounted: baseUrl.split('/').length };
}
