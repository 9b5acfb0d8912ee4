import { createServer, request as send } from 'node:http';
import { createAuthorizer } from '../../authz/authorize.ts';
import type { Decider } from '../../authz/decide/decider.ts';
import { gatewayDeciders } from '../../authz/decide/gateway-deciders.ts';
import type { Policy } from '../../cedar/ast.ts';
import type { Action, ContextAttribute, Model, Route } from '../../cedar/model.ts';
import { cacheableActions } from '../../infra/caching.ts';
import { httpBody } from '../../infra/http-body.ts';
import { restBody } from '../../infra/openapi-body.ts';
import type { Invoked } from '../../local/api-gateway/authorizer.ts';
import { readHttpApi } from '../../local/api-gateway/http/http-api.ts';
import { createHttpGateway } from '../../local/api-gateway/http/server.ts';
import { readRestApi } from '../../local/api-gateway/rest-api.ts';
import { createGateway } from '../../local/api-gateway/server.ts';
import { close, listen } from '../../local/loopback.ts';
import { model as library, registryRow, SUB } from '../authz/fixture.ts';

const ADDRESS: ContextAttribute = { type: { kind: 'ipaddr' }, required: true, from: { source: 'sourceIp' } };

const operation = (
  name: string,
  resource: Route['resource'],
  context: Action['context'] = {},
): Record<string, Action> => {
  const [method = '', path = ''] = name.split(' ');
  const route = { method, path, key: name, resource, sensitive: false };
  return { [name]: { groups: [], principals: ['Reader'], resources: [resource.type], context, route } };
};
const ENDPOINT = { type: 'Endpoint', id: { from: 'endpoint' } } as const;
const BOOK = { type: 'Book', id: { from: 'path', parameter: 'id' } } as const;

const MODEL: Model = {
  ...library,
  actions: {
    ...operation('GET /books', ENDPOINT),
    ...operation('GET /loans', ENDPOINT),
    ...operation('GET /books/{id}', BOOK),
    ...operation('GET /books/latest', ENDPOINT),
    ...operation('GET /stacks', ENDPOINT, { address: ADDRESS }),
  },
  actionGroups: {},
  publicRoutes: [{ method: 'GET', path: '/pages' }],
};

/** What makes an operation uncacheable: a policy on it that reads where a request comes from. */
const OFFICE_ONLY: Policy = {
  id: 'office-only',
  effect: 'permit',
  principal: { kind: 'any' },
  action: { kind: '==', action: { type: 'Library::Action', id: 'GET /stacks' } },
  resource: { kind: 'any' },
  clauses: [
    {
      kind: 'when',
      body: {
        kind: 'call',
        method: 'isLoopback',
        of: { kind: 'attribute', of: { kind: 'variable', name: 'context' }, name: 'address' },
        with: [],
      },
    },
  ],
  annotations: {},
};

export interface Ask {
  readonly headers?: Readonly<Record<string, string>>;
  /** Of this machine, from which the request is sent. */
  readonly from?: string;
}

export interface Gateways {
  /** Instead of a decider's policies. */
  decide: Decider['decide'];
  /** What went on to the backend. */
  readonly forwarded: { readonly url: string; readonly headers: Readonly<Record<string, string[]>> }[];
  /** Sent as it stands: no client resolves dot segments. */
  ask(which: Which, request: string, options?: Ask): Promise<number>;
  close(): Promise<void>;
}

export type Which = 'REST' | 'HTTP';

/** The documents that the program generates, on the emulated gateways, before the real authorizer. */
export async function startGateways(): Promise<Gateways> {
  const backend = createServer((request, response) => {
    const headers = Object.entries(request.headersDistinct).map(([name, values]) => [name, values ?? []]);
    gateways.forwarded.push({ url: request.url ?? '', headers: Object.fromEntries(headers) });
    response.end();
  });
  const args = {
    title: 'library',
    model: MODEL,
    cacheable: cacheableActions(MODEL, [OFFICE_ONLY]),
    gatewayTtlSeconds: 300,
    authorizerUri: 'arn:aws:apigateway:x:lambda:path/x/functions/arn:aws:lambda:x:0:function:f/invocations',
    backendUrl: `http://127.0.0.1:${await listen(backend, 0)}`,
    gatewaySecret: 'hush',
  };
  const never: Decider = { decide: () => Promise.reject(new Error('asked the wrong decider')) };
  const authorize = createAuthorizer({
    model: MODEL,
    // Whose token it is does not matter here.
    identify: async () => ({
      slug: 'acme',
      cacheHits: { registry: false, token: false },
      result: {
        ok: true,
        identity: {
          row: registryRow({ usageKey: 'key' }),
          sub: SUB,
          groups: [],
          attributes: {},
          tenantAttributes: {},
          expiresAt: Infinity,
        },
      },
    }),
    deciders: gatewayDeciders(MODEL, {
      stored: { decide: (question) => gateways.decide(question) },
      withToken: never,
      embedded: never,
    }),
    now: Date.now,
    record: () => undefined,
  });
  // As through Lambda: what is not JSON does not arrive.
  const invoke = async (_: string, event: object): Promise<Invoked> => {
    const given: Parameters<typeof authorize>[0] = JSON.parse(JSON.stringify(event));
    try {
      return { ok: true, result: await authorize(given) };
    } catch (error) {
      return { ok: false, error: { message: error instanceof Error ? error.message : String(error) } };
    }
  };
  const stage = { apiId: 'api', name: 'live', account: '0', arn: 'arn:aws:execute-api:x:0:api/live' };
  const [restApi, httpRoutes] = [
    readRestApi(JSON.stringify(restBody(args))),
    readHttpApi(JSON.stringify(httpBody(args))),
  ];
  const rest = createGateway({
    invoke,
    deployed: () => ({ stage, ...restApi }),
    usagePlans: { admit: (_, __, key) => (key === 'key' ? 'admitted' : 'no key') },
  });
  const http = createHttpGateway({
    invoke,
    deployed: () => ({ stage, routes: httpRoutes, throttle: undefined, cors: undefined }),
  });
  const ports = { REST: await listen(rest, 0), HTTP: await listen(http, 0) };
  const gateways: Gateways = {
    decide: async () => ({ decision: 'allow', determining: [], errors: [] }),
    forwarded: [],
    ask: (which, request, { headers = {}, from } = {}) =>
      new Promise((resolve, reject) => {
        const [method, path] = request.split(' ');
        const sent = send({
          host: '127.0.0.1',
          port: ports[which],
          method,
          path,
          headers: { authorization: 'Bearer aaa.bbb.ccc', ...headers },
          localAddress: from,
        });
        sent.on('error', reject);
        sent.on('response', (response) => {
          response.resume().on('end', () => resolve(response.statusCode ?? 0));
        });
        sent.end();
      }),
    async close() {
      await Promise.all([rest, http, backend].map((server) => close(server)));
    },
  };
  return gateways;
}
