import { createServer, type RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import express from 'express';
import fastify from 'fastify';
import { type Context, Hono } from 'hono';
import {
  allowedCall,
  type Answer,
  createBackend,
  createGuard,
  expressMiddleware,
  fastifyPlugin,
  type Guard,
  honoMiddleware,
} from '../../../../authz/backend/index.ts';
import { closeServer, portOf } from '../../issuer.ts';
import type { Service } from '../service.ts';

export interface Served {
  readonly port: number;
  close(): Promise<void>;
}

export interface Serve {
  readonly framework: string;
  /** @param routes the operations that the framework has a route for, in its order; `METHOD /path/:id` */
  readonly serve: (service: Service, routes: readonly FrameworkRoute[]) => Promise<Served>;
}

export interface FrameworkRoute {
  readonly method: string;
  /** As frameworks write it. */
  readonly path: string;
  /** @param request what `allowedCall` takes */
  readonly answer: (request: object) => Promise<Answer>;
}

/** All routes of the model, answered by the service's own handlers. */
export function frameworkRoutes({ options: { model, handlers } }: Service): FrameworkRoute[] {
  const asFrameworksDo = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');
  const operations = Object.values(model.actions).flatMap(({ route }) => (route ? [route] : []));
  return [
    ...operations.map(({ method, path, key }) => ({
      method,
      path: asFrameworksDo(path),
      answer: (request: object) => handlers[key]!(allowedCall(request)),
    })),
    ...model.publicRoutes.map(({ method, path }) => ({
      method,
      path: asFrameworksDo(path),
      answer: async () => ({ status: 200, body: { open: true } }),
    })),
  ];
}

const listen = async (listener: RequestListener): Promise<Served> => {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: portOf(server), close: () => closeServer(server) };
};

/** Messages of a WebSocket API are answered for all operations but one. */
const guardOf = (options: Service['options']): Promise<Guard> => {
  const { listRecent: _, ...handlers } = options.handlers;
  return createGuard(options, { ...options.sockets!, handlers });
};

const ofHono: Serve = {
  framework: 'Hono',
  async serve({ options }, routes) {
    const app = new Hono();
    app.onError((_, c) => c.json({ message: 'the framework says so' }, 500));
    app.use(honoMiddleware(await guardOf(options)));
    for (const { method, path, answer } of routes)
      app.on(method, path, async (c: Context) => {
        const { status, body } = await answer(c);
        return body === undefined ? new Response(null, { status }) : Response.json(body, { status });
      });
    const listener = getRequestListener((request, env) => app.fetch(request, env));
    return listen((incoming, outgoing) => void listener(incoming, outgoing));
  },
};

const ofExpress: Serve = {
  framework: 'Express',
  async serve({ options }, routes) {
    const app = express();
    app.use(express.json(), expressMiddleware(await guardOf(options)));
    for (const { method, path, answer } of routes)
      app.route(path)[verb(method)]((request, response, next) => {
        answer(request).then(({ status, body }) => response.status(status).json(body), next);
      });
    app.use(((_error, _request, response, _next) => {
      response.status(500).json({ message: 'the framework says so' });
    }) satisfies express.ErrorRequestHandler);
    return listen(app);
  },
};

const verb = (method: string): 'get' | 'put' | 'post' | 'delete' => {
  const found = (['get', 'put', 'post', 'delete'] as const).find((one) => one === method.toLowerCase());
  if (!found) throw new Error(`no route for ${method}`);
  return found;
};

const ofFastify: Serve = {
  framework: 'Fastify',
  async serve({ options }, routes) {
    const app = fastify();
    await app.register(fastifyPlugin(await guardOf(options)));
    app.setErrorHandler((_, __, reply) => reply.code(500).send({ message: 'the framework says so' }));
    for (const { method, path, answer } of routes)
      app.route({
        method,
        url: path,
        handler: async (request, reply) => {
          const { status, body } = await answer(request);
          return reply.code(status).send(body);
        },
      });
    await app.listen({ port: 0, host: '127.0.0.1' });
    return { port: portOf(app.server), close: () => app.close() };
  },
};

/** The kit's own routing, to which all others are held. */
export const ofNode: Serve = {
  framework: 'node alone',
  async serve({ options }) {
    return listen(await createBackend(options));
  },
};

export const FRAMEWORKS: readonly Serve[] = [ofHono, ofExpress, ofFastify];
