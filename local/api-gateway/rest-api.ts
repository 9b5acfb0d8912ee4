import { json, jsonList, optionalJson, text, type Json } from '../aws/input.ts';
import {
  AUTHORIZER,
  bad,
  INTEGRATION,
  parseDocument,
  readFunctionArn,
  readHttpUri,
  readTtl,
  refuseOthers,
  refusePath,
  unsupported,
  within,
} from './document.ts';
import { readIdentitySource, type IdentitySource } from './identity-source.ts';
import type { Templated } from './match.ts';
import { readGatewayResponses, readMock } from './fixed-answer.ts';
import { readRequestParameter, type RequestParameter } from './request-parameter.ts';
import type { Pairs } from './request.ts';

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

/** Answers by itself, always the same. */
export interface MockIntegration {
  readonly status: number;
  readonly headers: Pairs;
}

/** What the stage of a REST API serves. */
export interface RestApi {
  readonly routes: readonly RestRoute[];
  /** Headers of the gateway's own refusals, by the first digit of their status. */
  readonly refusalHeaders: Readonly<Record<'4' | '5', Pairs>>;
}

export interface RestRoute extends Templated {
  readonly authorizer: RestAuthorizer | undefined;
  /** Whether it demands the API key that its authorizer names. */
  readonly needsKey: boolean;
  readonly integration: Integration | MockIntegration;
}

const KEY_SOURCE = 'x-amazon-apigateway-api-key-source';
const GATEWAY_RESPONSES = 'x-amazon-apigateway-gateway-responses';

/**
 * Reads the OpenAPI document that `RestApi.body` holds, with API Gateway's extensions.
 * @throws AwsError BadRequestException for anything that the emulation would have to ignore
 */
export function readRestApi(body: string): RestApi {
  const document = parseDocument(body);
  return within('the document', () => {
    refuseOthers(document, ['openapi', 'info', 'paths', 'components', KEY_SOURCE, GATEWAY_RESPONSES]);
    // A key that a client sends would let it choose whose plan it counts in.
    if (document[KEY_SOURCE] !== undefined && document[KEY_SOURCE] !== 'AUTHORIZER')
      throw bad(`only keys from the AUTHORIZER are supported`);
    const schemes = readSchemes(optionalJson(document, 'components') ?? {});
    if ([...schemes.values()].includes(API_KEY) && document[KEY_SOURCE] === undefined)
      throw bad(`only keys from the AUTHORIZER are supported`);
    const paths = json(document, 'paths');
    const routes = Object.keys(paths).flatMap((resourcePath) =>
      within(resourcePath, () => readPath(resourcePath, json(paths, resourcePath), schemes)),
    );
    const refusalHeaders = within(GATEWAY_RESPONSES, () =>
      readGatewayResponses(optionalJson(document, GATEWAY_RESPONSES) ?? {}),
    );
    return { routes, refusalHeaders };
  });
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
  const functionArn = readFunctionArn(text(authorizer, 'authorizerUri'));
  const ttlSeconds = readTtl(authorizer);
  const identitySources = text(authorizer, 'identitySource')
    .split(',')
    .map((source) => {
      const expression = source.trim();
      return readIdentitySource(expression) ?? unsupported(`the identity source ${expression}`);
    });
  return { name, functionArn, identitySources, ttlSeconds };
}

function readPath(resourcePath: string, item: Json, schemes: Schemes): RestRoute[] {
  refusePath(resourcePath, item);
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

function readIntegration(integration: Json): Integration | MockIntegration {
  if (integration['type'] === 'mock') return readMock(integration);
  refuseOthers(integration, ['type', 'httpMethod', 'uri', 'passthroughBehavior', 'requestParameters']);
  if (integration['type'] !== 'http_proxy') throw bad("only type 'http_proxy' is supported");
  const { origin, path } = readHttpUri(text(integration, 'uri'));
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
