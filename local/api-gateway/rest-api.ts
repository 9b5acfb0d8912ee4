import { AwsError } from '../aws/service.ts';

export interface RestAuthorizer {
  readonly name: string;
  /** ARN of the function that decides. */
  readonly functionArn: string;
  readonly identitySources: readonly string[];
  readonly ttlSeconds: number;
}

export interface Integration {
  readonly method: string;
  /** May hold `{parameter}` placeholders. */
  readonly uri: string;
  /** `integration.request.header.x` -> where its value comes from. */
  readonly requestParameters: Readonly<Record<string, string>>;
}

export interface RestRoute {
  readonly method: string;
  /** Path template: `/customer/user/{id}`. */
  readonly resourcePath: string;
  readonly authorizer: RestAuthorizer | undefined;
  readonly integration: Integration;
}

type Json = Readonly<Record<string, unknown>>;

const METHODS = new Set(['get', 'put', 'post', 'delete', 'patch', 'head', 'options']);

/**
 * Reads the OpenAPI document that `RestApi.body` holds, with API Gateway's extensions.
 * @throws AwsError BadRequestException for anything that the emulation would have to ignore
 */
export function readRestApi(body: string): readonly RestRoute[] {
  const document = JSON.parse(body) as Json;
  const authorizers = readAuthorizers(document);
  return Object.entries(record(document['paths'])).flatMap(([resourcePath, item]) =>
    Object.entries(record(item)).map(([method, operation]) => {
      if (!METHODS.has(method)) throw bad(`${resourcePath}: '${method}' is not a supported method`);
      return readRoute(method.toUpperCase(), resourcePath, record(operation), authorizers);
    }),
  );
}

function readAuthorizers(document: Json): ReadonlyMap<string, RestAuthorizer> {
  const schemes = record(record(document['components'])['securitySchemes']);
  return new Map(
    Object.entries(schemes).map(([name, scheme]) => [name, readAuthorizer(name, record(scheme))]),
  );
}

function readAuthorizer(name: string, scheme: Json): RestAuthorizer {
  const extension = record(scheme['x-amazon-apigateway-authorizer']);
  if (extension['type'] !== 'request') throw bad(`authorizer ${name}: only type 'request' is supported`);
  const [, functionArn] =
    /functions\/(arn:[^/]+)\/invocations$/.exec(String(extension['authorizerUri'])) ?? [];
  if (!functionArn) throw bad(`authorizer ${name}: authorizerUri names no function`);
  // 300 seconds where nothing is said: API Gateway Developer Guide, "x-amazon-apigateway-authorizer".
  const ttlSeconds = Number(extension['authorizerResultTtlInSeconds'] ?? 300);
  if (!(ttlSeconds >= 0 && ttlSeconds <= 3600))
    throw bad(`authorizer ${name}: the TTL is not within 0 and 3600`);
  const identitySources = String(extension['identitySource'] ?? '')
    .split(',')
    .map((source) => source.trim())
    .filter((source) => source !== '');
  return { name, functionArn, identitySources, ttlSeconds };
}

function readRoute(
  method: string,
  resourcePath: string,
  operation: Json,
  authorizers: ReadonlyMap<string, RestAuthorizer>,
): RestRoute {
  const security = (operation['security'] ?? []) as readonly Json[];
  const names = security.flatMap((requirement) => Object.keys(requirement));
  if (names.length > 1) throw bad(`${method} ${resourcePath}: more than one authorizer`);
  const [name] = names;
  const authorizer = name === undefined ? undefined : authorizers.get(name);
  if (name !== undefined && !authorizer) throw bad(`${method} ${resourcePath}: no authorizer named ${name}`);
  const integration = record(operation['x-amazon-apigateway-integration']);
  if (integration['type'] !== 'http_proxy')
    throw bad(`${method} ${resourcePath}: only http_proxy is supported`);
  return {
    method,
    resourcePath,
    authorizer,
    integration: {
      method: String(integration['httpMethod']),
      uri: String(integration['uri']),
      requestParameters: record(integration['requestParameters']) as Record<string, string>,
    },
  };
}

const record = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});

const bad = (message: string): AwsError => new AwsError('BadRequestException', message);
