import type { Model, Route } from '../cedar/model.ts';

export interface BodyArgs {
  readonly title: string;
  readonly model: Model;
  /** Names of the actions whose decision may be reused. */
  readonly cacheable: ReadonlySet<string>;
  readonly gatewayTtlSeconds: number;
  /** Invoke ARN of the authorizer function. */
  readonly authorizerUri: string;
  readonly backendUrl: string;
  /** Proves to the backend that facts only the gateway knows come from the gateway. */
  readonly gatewaySecret: string;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * The REST API as one OpenAPI 3.0 document: paths, parameters, integrations and both authorizers, no schemas. One
 * document instead of a resource per route, because API Gateway's control plane makes 5 resources a second.
 */
export function restBody(args: BodyArgs): Json {
  const paths: Record<string, Record<string, Json>> = {};
  const add = (method: string, path: string, operation: Json): void => {
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation };
  };
  for (const [name, { route }] of Object.entries(args.model.actions)) {
    if (route) add(route.method, route.path, protectedOperation(args, name, route));
  }
  for (const { method, path } of args.model.publicRoutes) add(method, path, operation(args, method, path));
  return {
    openapi: '3.0.1',
    info: { title: args.title, version: '1' },
    paths: sorted(paths),
    components: {
      securitySchemes: {
        cached: authorizer(args, CACHE_KEY, args.gatewayTtlSeconds),
        uncached: authorizer(args, TOKEN, 0),
      },
    },
  };
}

const TOKEN = 'method.request.header.Authorization';
/** The concrete path, not the route's template: a decision about one id must not answer for another. */
const CACHE_KEY = `${TOKEN}, context.httpMethod, context.path`;

/** A missing identity source is answered 401 without asking the function, on `uncached` too. */
const authorizer = (
  { authorizerUri }: BodyArgs,
  identitySource: string,
  authorizerResultTtlInSeconds: number,
): Json => ({
  type: 'apiKey',
  name: 'Authorization',
  in: 'header',
  'x-amazon-apigateway-authtype': 'custom',
  'x-amazon-apigateway-authorizer': {
    type: 'request',
    authorizerUri,
    identitySource,
    authorizerResultTtlInSeconds,
  },
});

const protectedOperation = (args: BodyArgs, action: string, { method, path }: Route): Json => ({
  ...operation(args, method, path),
  security: [{ [args.cacheable.has(action) ? 'cached' : 'uncached']: [] }],
});

function operation(args: BodyArgs, method: string, path: string): Json {
  const names = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name ?? '');
  return {
    ...(names.length > 0 && {
      parameters: names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    }),
    responses: { default: { description: 'What the backend answers.' } },
    'x-amazon-apigateway-integration': {
      type: 'http_proxy',
      httpMethod: method,
      uri: `${args.backendUrl}${path}`,
      passthroughBehavior: 'when_no_match',
      requestParameters: sorted({
        ...Object.fromEntries(
          names.map((name) => [`integration.request.path.${name}`, `method.request.path.${name}`]),
        ),
        ...IDENTITY_HEADERS,
        'integration.request.header.x-gateway-secret': `'${args.gatewaySecret}'`,
      }),
    },
  };
}

/** Set by the gateway on every request, so that what a client sent under these names never reaches the backend. */
const IDENTITY_HEADERS = {
  'integration.request.header.x-tenant-id': 'context.authorizer.tenantId',
  'integration.request.header.x-principal-id': 'context.authorizer.principalId',
  'integration.request.header.x-decision-id': 'context.authorizer.decisionId',
  'integration.request.header.x-source-ip': 'context.identity.sourceIp',
};

const sorted = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
