import { isObject } from '../../../authz/item-shape.ts';
import type { Registration } from '../record.ts';
import type { Inputs } from './check.ts';

const INTEGRATION = 'x-amazon-apigateway-integration';
const AUTHORIZER = 'x-amazon-apigateway-authorizer';
const GATEWAY_RESPONSES = 'x-amazon-apigateway-gateway-responses';
const KEY_SOURCE = 'x-amazon-apigateway-api-key-source';
/** Read below; another extension of API Gateway would have no description. */
const EXTENSIONS = new Set([
  INTEGRATION,
  AUTHORIZER,
  GATEWAY_RESPONSES,
  KEY_SOURCE,
  'x-amazon-apigateway-authtype',
]);

/**
 * What an API's OpenAPI document sets, each as if it were a resource: importing it calls the same operations. `rest/` and
 * `http/` say of which API.
 * @throws Error for an extension that is not read here
 */
export function inDocument({ type, name, inputs }: Registration): Registration[] {
  if (typeof inputs['body'] !== 'string') return [];
  const kind = type === 'aws:apigateway/restApi:RestApi' ? 'rest' : 'http';
  const body = objectOf(JSON.parse(inputs['body']));
  refuseOthers(body);
  const as = (what: string, where: string, given: Inputs): Registration => ({
    type: `${kind}/${what}`,
    name: `${name} ${where}`,
    inputs: given,
  });
  const operations = Object.entries(objectOf(body['paths'])).flatMap(([path, item]) =>
    Object.entries(objectOf(item)).map(([method, operation]) => ({
      where: `${method.toUpperCase()} ${path}`,
      // A mock answers by itself: what it answers with is described apart.
      ...objectOf(objectOf(operation)[INTEGRATION]),
    })),
  );
  const schemes = Object.entries(objectOf(objectOf(body['components'])['securitySchemes']));
  return [
    ...(KEY_SOURCE in body ? [as('api', 'itself', { name, apiKeySource: body[KEY_SOURCE] })] : []),
    ...operations.flatMap(({ where, ...integration }) => {
      const { responses, ...sent } = integration as Record<string, unknown>;
      return [
        as('integration', where, sent),
        ...Object.values(objectOf(responses ?? {})).map((response) =>
          as('integration-response', where, objectOf(response)),
        ),
      ];
    }),
    ...schemes.flatMap(([scheme, given]) => {
      const authorizer = objectOf(given)[AUTHORIZER];
      return authorizer === undefined
        ? []
        : [as('authorizer', scheme, { name: scheme, ...objectOf(authorizer) })];
    }),
    ...Object.entries(objectOf(body[GATEWAY_RESPONSES] ?? {})).map(([responseType, response]) =>
      as('gateway-response', responseType, { responseType, ...objectOf(response) }),
    ),
  ];
}

function refuseOthers(value: unknown): void {
  if (Array.isArray(value)) value.forEach(refuseOthers);
  else if (isObject(value)) {
    for (const [key, child] of Object.entries(value)) {
      if (key.startsWith('x-') && !EXTENSIONS.has(key))
        throw new Error(`${key} is described nowhere: read it in documents.ts`);
      refuseOthers(child);
    }
  }
}

function objectOf(value: unknown): Inputs {
  if (!isObject(value)) throw new Error(`${JSON.stringify(value)} is no object`);
  return value;
}
