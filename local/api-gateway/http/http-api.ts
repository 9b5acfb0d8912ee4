import { json, jsonList, optionalFlag, optionalJson, text, type Json } from '../../aws/input.ts';
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
} from '../document.ts';
import type { Templated } from '../match.ts';
import type { Integration } from '../rest-api.ts';
import { type HttpIdentitySource, readHttpIdentitySource } from './identity-source.ts';
import { pathParameter, readHttpParameter } from './request-parameter.ts';

export interface HttpAuthorizer {
  readonly name: string;
  /** ARN of the function that decides. */
  readonly functionArn: string;
  readonly identitySources: readonly HttpIdentitySource[];
  readonly ttlSeconds: number;
}

export interface HttpRoute extends Templated {
  readonly authorizer: HttpAuthorizer | undefined;
  readonly integration: Integration;
}

/**
 * Reads the OpenAPI document that `Api.body` of an HTTP API holds.
 * @throws AwsError BadRequestException for anything that the emulation would have to ignore
 */
export function readHttpApi(body: string): readonly HttpRoute[] {
  const document = parseDocument(body);
  return within('the document', () => {
    refuseOthers(document, ['openapi', 'info', 'paths', 'components']);
    const components = optionalJson(document, 'components') ?? {};
    refuseOthers(components, ['securitySchemes']);
    const schemes = optionalJson(components, 'securitySchemes') ?? {};
    const authorizers = new Map(
      Object.keys(schemes).map((name) => [
        name,
        within(name, () => readAuthorizer(name, json(schemes, name))),
      ]),
    );
    const paths = json(document, 'paths');
    return Object.keys(paths).flatMap((resourcePath) =>
      within(resourcePath, () => readPath(resourcePath, json(paths, resourcePath), authorizers)),
    );
  });
}

type Authorizers = ReadonlyMap<string, HttpAuthorizer>;

function readAuthorizer(name: string, scheme: Json): HttpAuthorizer {
  refuseOthers(scheme, ['type', 'name', 'in', AUTHORIZER]);
  const authorizer = json(scheme, AUTHORIZER);
  refuseOthers(authorizer, [
    'type',
    'authorizerUri',
    'authorizerPayloadFormatVersion',
    'enableSimpleResponses',
    'identitySource',
    'authorizerResultTtlInSeconds',
  ]);
  if (authorizer['type'] !== 'request') throw bad("only type 'request' is supported");
  if (text(authorizer, 'authorizerPayloadFormatVersion') !== '2.0')
    throw bad('only payload format 2.0 is supported');
  if (optionalFlag(authorizer, 'enableSimpleResponses') !== true)
    throw bad('only simple responses are supported');
  const identitySources = text(authorizer, 'identitySource')
    .split(',')
    .map((source) => {
      const expression = source.trim();
      return readHttpIdentitySource(expression) ?? unsupported(`the identity source ${expression}`);
    });
  return {
    name,
    functionArn: readFunctionArn(text(authorizer, 'authorizerUri')),
    identitySources,
    ttlSeconds: readTtl(authorizer),
  };
}

function readPath(resourcePath: string, item: Json, authorizers: Authorizers): HttpRoute[] {
  refusePath(resourcePath, item);
  return Object.keys(item).map((method) =>
    within(method, () => {
      const operation = json(item, method);
      refuseOthers(operation, ['parameters', 'responses', 'security', INTEGRATION]);
      const [name, ...others] = jsonList(operation, 'security').flatMap((one) => Object.keys(one));
      if (others.length > 0) throw bad('more than one authorizer');
      const authorizer = name === undefined ? undefined : authorizers.get(name);
      if (name !== undefined && !authorizer) throw bad(`no authorizer named ${name}`);
      const integration = within(INTEGRATION, () => readIntegration(json(operation, INTEGRATION)));
      return { method: method.toUpperCase(), resourcePath, authorizer, integration };
    }),
  );
}

function readIntegration(integration: Json): Integration {
  refuseOthers(integration, [
    'type',
    'httpMethod',
    'uri',
    'payloadFormatVersion',
    'connectionType',
    'requestParameters',
  ]);
  if (integration['type'] !== 'http_proxy') throw bad("only type 'http_proxy' is supported");
  if (text(integration, 'payloadFormatVersion') !== '1.0')
    throw bad('HTTP integrations have payload format 1.0');
  if ((integration['connectionType'] ?? 'INTERNET') !== 'INTERNET')
    throw bad('only connectionType INTERNET is supported');
  const { origin, path } = readHttpUri(text(integration, 'uri'));
  const mapped = optionalJson(integration, 'requestParameters') ?? {};
  const parameters = Object.keys(mapped).map(
    (target) =>
      // Not its source: that of a header may be the gateway's secret.
      readHttpParameter(target, text(mapped, target)) ?? unsupported(`the source or place of ${target}`),
  );
  const inPath = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => pathParameter(name ?? ''));
  return { method: text(integration, 'httpMethod'), origin, path, parameters: [...parameters, ...inPath] };
}
