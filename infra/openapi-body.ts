import type { Model, Route } from '../cedar/model.ts';
import { type CorsRules, gatewayResponses, preflight } from './cors.ts';
import { type Json, operationFrame, sorted } from './openapi-document.ts';
import { pathParametersOf } from './path-parameters.ts';

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
  /** Undefined where pages of no other origin may ask. */
  readonly cors?: CorsRules | undefined;
}

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
  for (const { method, path } of args.model.publicRoutes)
    add(method, path, operation(args, method, path, NO_IDENTITY));
  const { cors } = args;
  // An OPTIONS of the API's own is an operation like any other.
  if (cors) for (const path of Object.keys(paths)) paths[path] = { options: preflight(cors), ...paths[path] };
  return {
    openapi: '3.0.1',
    info: { title: args.title, version: '1' },
    // The key of a tenant, named by the authorizer. From a header, clients would choose whose plan they count in.
    'x-amazon-apigateway-api-key-source': 'AUTHORIZER',
    ...(cors && { 'x-amazon-apigateway-gateway-responses': gatewayResponses(cors) }),
    paths: sorted(paths),
    components: {
      securitySchemes: {
        [API_KEY]: { type: 'apiKey', name: 'x-api-key', in: 'header' },
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
  ...operation(args, method, path, IDENTITY_HEADERS),
  security: [{ [args.cacheable.has(action) ? 'cached' : 'uncached']: [] }, { [API_KEY]: [] }],
});

/** The name under which API Gateway knows the demand for a key (Developer Guide, "API keys with OpenAPI"). */
const API_KEY = 'api_key';

const operation = (args: BodyArgs, method: string, path: string, identity: Json): Json => ({
  ...operationFrame(path),
  'x-amazon-apigateway-integration': {
    type: 'http_proxy',
    httpMethod: method,
    uri: `${args.backendUrl}${path}`,
    passthroughBehavior: 'when_no_match',
    requestParameters: sorted({
      ...Object.fromEntries(
        pathParametersOf(path).map((name) => [
          `integration.request.path.${name}`,
          `method.request.path.${name}`,
        ]),
      ),
      ...identity,
      'integration.request.header.x-source-ip': 'context.identity.sourceIp',
      'integration.request.header.x-gateway-secret': `'${args.gatewaySecret}'`,
    }),
  },
});

/** Set by the gateway on every request, so that what a client sent under these names never reaches the backend. */
const IDENTITY_HEADERS = {
  'integration.request.header.x-tenant-id': 'context.authorizer.tenantId',
  'integration.request.header.x-principal-id': 'context.authorizer.principalId',
  'integration.request.header.x-decision-id': 'context.authorizer.decisionId',
};
/** Where nobody decided: what becomes of a client's header whose mapping has no value is nowhere documented. */
const NO_IDENTITY = {
  'integration.request.header.x-tenant-id': "'-'",
  'integration.request.header.x-principal-id': "'-'",
  'integration.request.header.x-decision-id': "'-'",
};
