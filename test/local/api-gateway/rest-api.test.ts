import { expect } from 'chai';
import { readRestApi } from '../../../local/api-gateway/rest-api.ts';
import { documentFor } from './document.ts';

const DOCUMENT = JSON.stringify(documentFor('http://127.0.0.1:1'));

describe('the document of a REST API', () => {
  it('is read as routes', () => {
    const routes = readRestApi(DOCUMENT).routes.map(({ method, resourcePath, authorizer }) => [
      `${method} ${resourcePath}`,
      authorizer?.name,
    ]);
    expect(routes).to.deep.include.members([
      ['PUT /items/{id}', 'cached'],
      ['GET /secrets/{id}', 'uncached'],
      ['GET /health', undefined],
    ]);
  });

  for (const [what, from, to, said] of [
    [
      'an authorizer that is not there',
      '[{"cached":[]}]',
      '[{"other":[]}]',
      /get: no authorizer named other$/,
    ],
    ['two authorizers', '[{"cached":[]}]', '[{"cached":[]},{"uncached":[]}]', /more than one authorizer$/],
    [
      'an identity source',
      'context.path',
      'context.stage',
      /cached: the identity source context.stage is not/,
    ],
    [
      'the source of a parameter',
      'context.authorizer.tenantId',
      'stageVariables.x',
      /header.x-tenant-id is not/,
    ],
    [
      'a path without its parameter',
      'request.path.id"',
      'request.path.other"',
      /no request parameter for {id}$/,
    ],
    [
      'an element',
      '"paths"',
      '"x-amazon-apigateway-policy":{},"paths"',
      /x-amazon-apigateway-policy' is not/,
    ],
    [
      'an element of an operation',
      '"security"',
      '"x-amazon-apigateway-request-validator":"a","security"',
      /validator' is not supported$/,
    ],
    ['keys that a client sends', '"AUTHORIZER"', '"HEADER"', /only keys from the AUTHORIZER/],
    [
      'keys of no stated source',
      '"x-amazon-apigateway-api-key-source":"AUTHORIZER",',
      '',
      /only keys from the AUTHORIZER/,
    ],
    ['a method', '"put"', '"x-amazon-apigateway-any-method"', /any-method' is not supported$/],
    ['a greedy parameter', '/secrets/{id}', '/secrets/{id+}', /{id\+} is not supported$/],
    ['a TTL', 'Seconds":60', 'Seconds":3601', /not within 0 and 3600$/],
    ['another kind of integration', '"http_proxy"', '"aws_proxy"', /only type 'http_proxy'/],
    ['a mock that says more', '"http_proxy"', '"mock"', /'httpMethod' is not supported$/],
    [
      'a response of one kind',
      '"paths"',
      '"x-amazon-apigateway-gateway-responses":{"ACCESS_DENIED":{}},"paths"',
      /'ACCESS_DENIED' is not supported$/,
    ],
    [
      'a header of a response that is not fixed',
      '"paths"',
      '"x-amazon-apigateway-gateway-responses":{"DEFAULT_4XX":{"responseParameters":{"gatewayresponse.header.a":"context.path"}}},"paths"',
      /header.a is not supported$/,
    ],
  ] as const) {
    it(`is refused, with the place, for ${what} that it does not emulate`, () => {
      expect(() => readRestApi(DOCUMENT.replaceAll(from, to))).to.throw(said);
    });
  }

  it('is not quoted when it cannot be read: it holds the gateway’s secret', () => {
    expect(() => readRestApi(`'hush' ${DOCUMENT}`)).to.throw(/^the body is not a JSON object$/);
    expect(() => readRestApi(DOCUMENT.replaceAll("'hush'", 'hush'))).to.throw(/^(?!.*hush)/);
  });
});
