import type { Action, Model } from '../cedar/model.ts';
import type { BodyArgs } from './openapi-body.ts';
import { type Json, operationFrame, sorted } from './openapi-document.ts';
import { pathParametersOf } from './path-parameters.ts';

/**
 * The HTTP API as one OpenAPI 3.0 document, as for REST. Its routes are these and no others: no `$default`, no `ANY`, no
 * `{proxy+}`, so that HEAD and OPTIONS find nothing that was not declared.
 */
export function httpBody(args: BodyArgs): Json {
  const paths: Record<string, Record<string, Json>> = {};
  const add = (method: string, path: string, operation: Json): void => {
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation };
  };
  const cacheable = cacheableRoutes(args.model, args.cacheable);
  for (const [name, { route }] of Object.entries(args.model.actions)) {
    if (!route) continue;
    add(route.method, route.path, {
      ...operation(args, route.method, route.path, IDENTITY_HEADERS),
      security: [{ [cacheable.has(name) ? 'cached' : 'uncached']: [] }],
    });
  }
  for (const { method, path } of args.model.publicRoutes)
    add(method, path, operation(args, method, path, NO_IDENTITY));
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

const TOKEN = '$request.header.Authorization';
const CACHE_KEY = `${TOKEN}, $context.routeKey`;

/**
 * An HTTP API knows no concrete path to remember a decision by: the route key is the template. With a path parameter in
 * it, an allow for one id would answer for every other.
 */
function cacheableRoutes(model: Model, cacheable: ReadonlySet<string>): ReadonlySet<string> {
  const isFixed = ({ route }: Action): boolean => !!route && pathParametersOf(route.path).length === 0;
  return new Set([...cacheable].filter((name) => isFixed(model.actions[name]!)));
}

const authorizer = (
  { authorizerUri }: BodyArgs,
  identitySource: string,
  authorizerResultTtlInSeconds: number,
): Json => ({
  type: 'apiKey',
  name: 'Authorization',
  in: 'header',
  'x-amazon-apigateway-authorizer': {
    type: 'request',
    authorizerUri,
    authorizerPayloadFormatVersion: '2.0',
    enableSimpleResponses: true,
    identitySource,
    // Stated even where it is 0: left out, providers fill in 300 seconds.
    authorizerResultTtlInSeconds,
  },
});

const operation = (args: BodyArgs, method: string, path: string, identity: Json): Json => ({
  ...operationFrame(path),
  'x-amazon-apigateway-integration': {
    type: 'http_proxy',
    httpMethod: method,
    uri: `${args.backendUrl}${path}`,
    payloadFormatVersion: '1.0',
    connectionType: 'INTERNET',
    requestParameters: sorted({
      ...identity,
      'overwrite:header.x-source-ip': '$context.identity.sourceIp',
      'overwrite:header.x-gateway-secret': args.gatewaySecret,
    }),
  },
});

/** Set by the gateway on every request, so that what a client sent under these names never reaches the backend. */
const IDENTITY_HEADERS = {
  'overwrite:header.x-tenant-id': '$context.authorizer.tenantId',
  'overwrite:header.x-principal-id': '$context.authorizer.principalId',
  'overwrite:header.x-decision-id': '$context.authorizer.decisionId',
};
/** Where nobody decided, there is nothing to overwrite them with. */
const NO_IDENTITY = {
  'remove:header.x-tenant-id': "''",
  'remove:header.x-principal-id': "''",
  'remove:header.x-decision-id': "''",
};
