/** An API with routes on each of three authorizers, and one on none. */
export function documentFor(backendUrl: string): object {
  const operation = (method: string, path: string, ...schemes: readonly string[]): object => ({
    ...(schemes.length > 0 && { security: schemes.map((name) => ({ [name]: [] })) }),
    'x-amazon-apigateway-integration': {
      type: 'http_proxy',
      httpMethod: method,
      uri: `${backendUrl}${path}`,
      requestParameters: {
        'integration.request.path.id': 'method.request.path.id',
        'integration.request.header.x-tenant-id': 'context.authorizer.tenantId',
        'integration.request.header.x-gateway-secret': "'hush'",
      },
    },
  });
  const scheme = (identitySource: string, ttl: number): object => ({
    type: 'apiKey',
    'x-amazon-apigateway-authorizer': {
      type: 'request',
      authorizerUri:
        'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:0:function:f/invocations',
      identitySource,
      authorizerResultTtlInSeconds: ttl,
    },
  });
  return {
    'x-amazon-apigateway-api-key-source': 'AUTHORIZER',
    paths: {
      '/items/{id}': {
        get: operation('GET', '/items/{id}', 'cached'),
        put: operation('PUT', '/items/{id}', 'cached'),
      },
      '/items/latest': { get: operation('GET', '/items/latest', 'cached') },
      '/tokens': { get: operation('GET', '/tokens', 'byToken') },
      '/others': { get: operation('GET', '/others', 'byToken') },
      '/secrets/{id}': { get: operation('GET', '/secrets/{id}', 'uncached') },
      '/counted': { get: operation('GET', '/counted', 'cached', 'api_key') },
      '/health': { get: operation('GET', '/health') },
    },
    components: {
      securitySchemes: {
        cached: scheme('method.request.header.Authorization, context.httpMethod, context.path', 60),
        byToken: scheme('method.request.header.Authorization', 60),
        api_key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
        uncached: scheme('method.request.header.Authorization', 0),
      },
    },
  };
}
