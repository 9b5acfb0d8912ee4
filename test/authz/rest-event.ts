import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';

export interface EventOptions {
  readonly method?: string;
  readonly resource?: string;
  readonly path?: string;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly query?: readonly (readonly [name: string, value: string])[];
  readonly pathParameters?: Readonly<Record<string, string>>;
  readonly methodArn?: string;
}

export const API_ARN = 'arn:aws:execute-api:us-east-1:000000000000:abc123/live';
export const TIME = Date.UTC(2026, 0, 31, 12, 0, 0);

/** The event of a REST API's REQUEST authorizer (API Gateway Developer Guide, "Input to a Lambda authorizer"). */
export function restEvent(options: EventOptions = {}): APIGatewayRequestAuthorizerEvent {
  const { method = 'PUT', resource = '/books/{id}', path = '/books/42', headers = [], query = [] } = options;
  return {
    type: 'REQUEST',
    methodArn: options.methodArn ?? `${API_ARN}/${method}${path}`,
    resource,
    path,
    httpMethod: method,
    headers: Object.fromEntries(headers),
    multiValueHeaders: lists([['Host', 'api.example.com'], ...headers]),
    pathParameters: options.pathParameters ?? parametersOf(resource, path),
    queryStringParameters: Object.fromEntries(query),
    multiValueQueryStringParameters: lists(query),
    stageVariables: {},
    requestContext: {
      accountId: '000000000000',
      apiId: 'abc123',
      authorizer: undefined,
      stage: 'live',
      resourcePath: resource,
      resourceId: 'r1',
      httpMethod: method,
      path: `/live${path}`,
      protocol: 'HTTP/1.1',
      requestId: 'request-1',
      requestTimeEpoch: TIME,
      identity: { ...NOBODY, sourceIp: '192.0.2.7' },
    },
  };
}

export const bearer = (token: string): readonly [string, string] => ['Authorization', `Bearer ${token}`];

const parametersOf = (template: string, path: string): Record<string, string> => {
  const segments = path.split('/');
  return Object.fromEntries(
    template
      .split('/')
      .flatMap((part, i) => (part.startsWith('{') ? [[part.slice(1, -1), segments[i] ?? '']] : [])),
  );
};

const lists = (pairs: readonly (readonly [string, string])[]): Record<string, string[]> => {
  const all: Record<string, string[]> = {};
  for (const [name, value] of pairs) (all[name] ??= []).push(value);
  return all;
};

const NOBODY = {
  accessKey: null,
  accountId: null,
  apiKey: null,
  apiKeyId: null,
  caller: null,
  clientCert: null,
  cognitoAuthenticationProvider: null,
  cognitoAuthenticationType: null,
  cognitoIdentityId: null,
  cognitoIdentityPoolId: null,
  principalOrgId: null,
  user: null,
  userAgent: null,
  userArn: null,
  vpcId: undefined,
  vpceId: undefined,
};
