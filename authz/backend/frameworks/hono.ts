import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Guard } from '../guard.ts';
import { parseJson, type RawRequest, readRaw, readTarget, RequestProblem, type Sent } from '../http.ts';
import type { FrameworkRoute } from '../route-of.ts';
import { rememberCall } from './allowed-call.ts';
import { deferred } from './deferred.ts';

/** What of Hono's context is used here. */
interface HonoContext {
  readonly req: {
    readonly raw: Request;
    readonly routeIndex: number;
    readonly matchedRoutes: readonly { readonly method: string; readonly path: string }[];
    text(): Promise<string>;
  };
  readonly env: unknown;
  get res(): Response;
  set res(answer: Response | undefined);
}

/**
 * Middleware for Hono 4: `app.use(honoMiddleware(guard))`, before the routes and behind `cors()`. Handlers ask
 * `allowedCall(c)` for the tenant's transaction. It is over when they have answered: nothing can be queried while a
 * body is streamed.
 */
export const honoMiddleware =
  (guard: Guard) =>
  async (c: HonoContext, next: () => Promise<void>): Promise<Response | undefined> => {
    const node = isNodePair(c.env) ? c.env : undefined;
    const handler = { reached: false };
    const answer = await guard({ raw: readHono(c, node), body: () => readJson(c) }, async (call) => {
      if (call) rememberCall(c, call);
      handler.reached = true;
      await Promise.race([next(), clientGone(c, node)]);
      return { status: c.res.status, route: routeOf(c) };
    });
    if (!answer) return undefined;
    if (!handler.reached) return responseOf(answer);
    // Else Hono would keep the headers of the answer that this one takes the place of.
    c.res = undefined;
    c.res = responseOf(answer);
    return undefined;
  };

/**
 * Node's own message where there is one: a `Request` resolves dot segments and joins repeated headers. Elsewhere, a
 * header that holds a comma counts as given twice, because the two cannot be told apart; but for the token's, in which
 * a comma is an error anyway.
 */
function readHono({ req: { raw } }: HonoContext, node: NodePair | undefined): RawRequest {
  if (node) return readRaw(node.incoming);
  const { pathname, search } = new URL(raw.url);
  const headers = [...raw.headers].map(([name, value]): [string, string[]] => [
    name,
    name === 'authorization' ? [value] : value.split(',').map((one) => one.trim()),
  ]);
  return { ...readTarget(pathname + search), method: raw.method, headers: Object.fromEntries(headers) };
}

/** Middleware is registered for all methods, and a handler of an operation for one. */
function routeOf({ req: { matchedRoutes, routeIndex } }: HonoContext): FrameworkRoute | undefined {
  const last = matchedRoutes[routeIndex];
  return last && last.method !== 'ALL' ? { path: last.path } : undefined;
}

/** Rejects when the client goes away: nobody else would end the transaction of a handler that never answers. */
function clientGone({ req: { raw } }: HonoContext, node: NodePair | undefined): Promise<never> {
  const gone = deferred<never>();
  const leave = (): void => gone.reject(new Error('the client went away'));
  if (node) node.outgoing.once('close', leave);
  else raw.signal.addEventListener('abort', leave, { once: true });
  return gone.promise;
}

/** What @hono/node-server stands on. */
interface NodePair {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
}

const isNodePair = (env: unknown): env is NodePair =>
  typeof env === 'object' && env !== null && 'incoming' in env && 'outgoing' in env;

/** Hono remembers the text, so that handlers can read the body again in any form. */
async function readJson({ req }: HonoContext): Promise<unknown> {
  if (!/\bjson\b/i.test(req.raw.headers.get('content-type') ?? '')) return undefined;
  const text = await req.text().catch(() => {
    throw new RequestProblem(400, 'the body ended early');
  });
  return parseJson(text);
}

function responseOf({ status, headers, body }: Sent): Response {
  const init = { status, ...(headers && { headers: { ...headers } }) };
  return body === undefined ? new Response(null, init) : Response.json(body, init);
}
