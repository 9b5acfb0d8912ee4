import type { APIGatewayRequestAuthorizerEventV2 } from 'aws-lambda';
import { TIME } from './rest-event.ts';

export interface HttpEventOptions {
  readonly routeKey?: string;
  /** As an HTTP API gives it: decoded. */
  readonly rawPath?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly rawQueryString?: string;
  readonly pathParameters?: Readonly<Record<string, string>>;
}

/** The event of an HTTP API's authorizer (API Gateway Developer Guide, payload format 2.0). */
export function httpEvent(options: HttpEventOptions = {}): APIGatewayRequestAuthorizerEventV2 {
  const { routeKey = 'PUT /books/{id}', rawPath = '/books/42', headers = {}, rawQueryString = '' } = options;
  const [method = '', template = ''] = routeKey.split(' ');
  const segments = rawPath.split('/');
  const found = template
    .split('/')
    .flatMap((part, index) => (part.startsWith('{') ? [[part.slice(1, -1), segments[index] ?? '']] : []));
  const http = {
    method,
    path: rawPath,
    protocol: 'HTTP/1.1',
    sourceIp: '192.0.2.7',
    userAgent: 'test',
  };
  return {
    version: '2.0',
    type: 'REQUEST',
    routeArn: `arn:aws:execute-api:us-east-1:000000000000:abc123/$default/${method}${rawPath}`,
    identitySource: [],
    routeKey,
    rawPath,
    rawQueryString,
    cookies: [],
    headers,
    pathParameters: options.pathParameters ?? Object.fromEntries(found),
    stageVariables: {},
    requestContext: {
      accountId: '000000000000',
      apiId: 'abc123',
      domainName: 'api.example.com',
      domainPrefix: 'api',
      http,
      requestId: 'request-1',
      routeKey,
      stage: '$default',
      time: '',
      timeEpoch: TIME,
    },
  };
}
