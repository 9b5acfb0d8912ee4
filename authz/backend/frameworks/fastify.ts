import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Guard, Handled } from '../guard.ts';
import { readRaw, type Sent } from '../http.ts';
import type { FrameworkRoute } from '../route-of.ts';
import { rememberCall } from './allowed-call.ts';
import { type Deferred, deferred } from './deferred.ts';

/** What of Fastify is used here. */
interface FastifyRequest {
  readonly raw: IncomingMessage;
  readonly body: unknown;
  readonly routeOptions: { readonly url?: string | undefined };
}
interface FastifyReply {
  readonly raw: ServerResponse;
  readonly statusCode: number;
  code(status: number): unknown;
  getHeaders(): object;
  header(name: string, value: string): unknown;
  removeHeader(name: string): unknown;
  send(payload?: unknown): unknown;
}
interface FastifyInstance {
  addHook(
    name: 'preHandler',
    hook: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
  ): unknown;
  addHook(
    name: 'onSend',
    hook: (request: FastifyRequest, reply: FastifyReply, payload: unknown) => Promise<unknown>,
  ): unknown;
}

/** A request that the kit has not finished with. */
interface Running {
  readonly handled: Deferred<Handled>;
  /** What to answer instead. */
  readonly ended: Promise<Sent | undefined>;
}

/**
 * Plugin for Fastify 5: `app.register(fastifyPlugin(guard))`, before the routes. Handlers ask `allowedCall(request)` for
 * the tenant's transaction. It is over when they have answered: nothing can be queried while a body is streamed, and an
 * answer that bypasses Fastify (`reply.hijack()`) has its transaction rolled back.
 */
export function fastifyPlugin(guard: Guard) {
  const running = new WeakMap<FastifyRequest, Running>();

  // After the body has been parsed and validated, so that what is decided on is what the handler gets.
  async function decide(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const handled = deferred<Handled>();
    const allowed = deferred<undefined>();
    const guarded = { raw: readRaw(request.raw), body: async () => request.body, route: routeOf(request) };
    const ended = guard(guarded, (call) => {
      if (call) rememberCall(request, call);
      allowed.resolve(undefined);
      return handled.promise;
    });
    running.set(request, { handled, ended });
    reply.raw.once('close', () => handled.reject(new Error('the client went away')));
    const answer = await Promise.race([allowed.promise, ended]);
    if (!answer) return undefined;
    running.delete(request);
    write(reply, answer);
    return reply.send(JSON.stringify(answer.body));
  }

  async function finish(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
    const run = running.get(request);
    if (!run) return payload;
    running.delete(request);
    run.handled.resolve({ status: reply.statusCode, route: routeOf(request) });
    const answer = await run.ended;
    if (!answer) return payload;
    for (const name of Object.keys(reply.getHeaders())) reply.removeHeader(name);
    write(reply, answer);
    return JSON.stringify(answer.body);
  }

  const plugin = async (instance: FastifyInstance): Promise<void> => {
    instance.addHook('preHandler', decide);
    instance.addHook('onSend', finish);
  };
  // For every route of the instance that it is registered with, not for a scope of its own (Fastify, "Plugins").
  return Object.assign(plugin, { [Symbol.for('skip-override')]: true });
}

const routeOf = ({ routeOptions: { url } }: FastifyRequest): FrameworkRoute | undefined =>
  url === undefined ? undefined : { path: url };

function write(reply: FastifyReply, { status, headers = {} }: Sent): void {
  reply.code(status);
  for (const [name, value] of Object.entries({ 'content-type': 'application/json', ...headers }))
    reply.header(name, value);
}
