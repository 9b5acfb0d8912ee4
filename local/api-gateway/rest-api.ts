import { isJson, json, jsonList, optionalJson, optionalNumber, text, type Json } from '../aws/input.ts';
import { AwsError } from '../aws/service.ts';
import { readIdentitySource, type IdentitySource } from './identity-source.ts';
import type { Templated } from './match.ts';
import { readRequestParameter, type RequestParameter } from './request-parameter.ts';

export interface RestAuthorizer {
  readonly name: string;
  /** ARN of the function that decides. */
  readonly functionArn: string;
  readonly identitySources: readonly IdentitySource[];
  readonly ttlSeconds: number;
}

export interface Integration {
  readonly method: string;
  /** `http://127.0.0.1:8080` */
  readonly origin: string;
  /** May hold `{parameter}` placeholders, each of which has a parameter. */
  readonly path: string;
  readonly parameters: readonly RequestParameter[];
}

export interface RestRoute extends Templated {
  readonly authorizer: RestAuthorizer | undefined;
  /** Whether it demands the API key that its authorizer names. */
  readonly needsKey: boolean;
  readonly integration: Integration;
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'];
const AUTHORIZER = 'x-amazon-apigateway-authorizer';
const INTEGRATION = 'x-amazon-apigateway-integration';
const KEY_SOURCE = 'x-amazon-apigateway-api-key-source';

/**
 * Reads the OpenAPI document that `RestApi.body` holds, with API Gateway's extensions.
 * @throws AwsError BadRequestException for anything that the emulation would have to ignore
 */
export function readRestApi(body: string): readonly RestRoute[] {
  const document = parse(body);
  return within('the document', () => {
    refuseOthers(document, ['openapi', 'info', 'paths', 'components', KEY_SOURCE]);
    // A key that a client sends would let it choose whose plan it counts in.
    if (document[KEY_SOURCE] !== undefined && document[KEY_SOURCE] !== 'AUTHORIZER')
      throw bad(`only keys from the AUTHORIZER are supported`);
    const schemes = readSchemes(optionalJson(document, 'components') ?? {});
    if ([...schemes.values()].includes(API_KEY) && document[KEY_SOURCE] === undefined)
      throw bad(`only keys from the AUTHORIZER are supported`);
    const paths = json(document, 'paths');
    return Object.keys(paths).flatMap((resourcePath) =>
      within(resourcePath, () => readPath(resourcePath, json(paths, resourcePath), schemes)),
    );
  });
}

/** The parser's own message may quote the document, which holds the gateway's secret. */
function parse(body: string): Json {
  try {
    const document: unknown = JSON.parse(body);
    if (isJson(document)) return document;
  } catch {
    // The same mistake as JSON that is no object.
  }
  throw bad('the body is not a JSON object');
}

/** A scheme that demands an API key. */
const API_KEY = 'api key';
type Schemes = ReadonlyMap<string, RestAuthorizer | typeof API_KEY>;

function readSchemes(components: Json): Schemes {
  refuseOthers(components, ['securitySchemes']);
  const schemes = optionalJson(components, 'securitySchemes') ?? {};
  const names = Object.keys(schemes);
  return new Map(names.map((name) => [name, within(name, () => readScheme(name, json(schemes, name)))]));
}

/** A key is demanded by a scheme for exactly this header (API Gateway Developer Guide, "API keys with OpenAPI"). */
const readScheme = (name: string, scheme: Json): RestAuthorizer | typeof API_KEY =>
  scheme[AUTHORIZER] === undefined && scheme['name'] === 'x-api-key' ? API_KEY : readAuthorizer(name, scheme);

function readAuthorizer(name: string, scheme: Json): RestAuthorizer {
  refuseOthers(scheme, ['type', 'name', 'in', 'x-amazon-apigateway-authtype', AUTHORIZER]);
  const authorizer = json(scheme, AUTHORIZER);
  refuseOthers(authorizer, ['type', 'authorizerUri', 'identitySource', 'authorizerResultTtlInSeconds']);
  if (authorizer['type'] !== 'request') throw bad("only type 'request' is supported");
  const uri = text(authorizer, 'authorizerUri');
  const [, functionArn] = /functions\/(arn:[^/]+)\/invocations$/.exec(uri) ?? [];
  if (!functionArn) throw bad('authorizerUri names no function');
  // 300 seconds where nothing is said: API Gateway Developer Guide, "x-amazon-apigateway-authorizer".
  const ttlSeconds = optionalNumber(authorizer, 'authorizerResultTtlInSeconds') ?? 300;
  if (!(ttlSeconds >= 0 && ttlSeconds <= 3600)) throw bad('the TTL is not within 0 and 3600');
  const identitySources = text(authorizer, 'identitySource')
    .split(',')
    .map((source) => {
      const expression = source.trim();
      return readIdentitySource(expression) ?? unsupported(`the identity source ${expression}`);
    });
  return { name, functionArn, identitySources, ttlSeconds };
}

function readPath(resourcePath: string, item: Json, schemes: Schemes): RestRoute[] {
  refuseOthers(item, METHODS);
  const greedy = resourcePath.split('/').find((part) => /[{}]/.test(part) && !/^\{[^{}+]+\}$/.test(part));
  if (greedy !== undefined) unsupported(`the path part ${greedy}`);
  return Object.keys(item).map((method) =>
    within(method, () => readRoute(method.toUpperCase(), resourcePath, json(item, method), schemes)),
  );
}

function readRoute(method: string, resourcePath: string, operation: Json, schemes: Schemes): RestRoute {
  refuseOthers(operation, ['parameters', 'responses', 'security', INTEGRATION]);
  const named = jsonList(operation, 'security').flatMap((requirement) => Object.keys(requirement));
  const required = named.map((name) => schemes.get(name) ?? refuseName(name));
  const authorizers = required.filter((scheme) => scheme !== API_KEY);
  if (authorizers.length > 1) throw bad('more than one authorizer');
  return {
    method,
    resourcePath,
    authorizer: authorizers[0],
    needsKey: authorizers.length < required.length,
    integration: within(INTEGRATION, () => readIntegration(json(operation, INTEGRATION))),
  };
}

function refuseName(name: string): never {
  throw bad(`no authorizer named ${name}`);
}

function readIntegration(integration: Json): Integration {
  refuseOthers(integration, ['type', 'httpMethod', 'uri', 'passthroughBehavior', 'requestParameters']);
  if (integration['type'] !== 'http_proxy') throw bad("only type 'http_proxy' is supported");
  const [, origin, path = '/'] = /^(http:\/\/[^/]+)(\/.*)?$/.exec(text(integration, 'uri')) ?? [];
  if (!origin || !URL.canParse(origin)) throw bad('only http URIs are supported');
  const sources = optionalJson(integration, 'requestParameters') ?? {};
  const parameters = Object.keys(sources).map(
    (target) =>
      // Not its source: that of a header may be the gateway's secret.
      readRequestParameter(target, text(sources, target)) ?? unsupported(`the source or place of ${target}`),
  );
  for (const [, name] of path.matchAll(/\{([^}]+)\}/g)) {
    if (!parameters.some((one) => one.place === 'path' && one.name === name))
      throw bad(`no request parameter for {${name}}`);
  }
  return { method: text(integration, 'httpMethod'), origin, path, parameters };
}

/** Says where in the document something is wrong. */
function within<T>(where: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof AwsError ? bad(`${where}: ${error.message}`) : error;
  }
}

function refuseOthers(input: Json, names: readonly string[]): void {
  const other = Object.keys(input).find((name) => !names.includes(name));
  if (other !== undefined) unsupported(`'${other}'`);
}

function unsupported(what: string): never {
  throw bad(`${what} is not supported`);
}

const bad = (message: string): AwsError => new AwsError('BadRequestException', message);
