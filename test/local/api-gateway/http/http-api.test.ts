import { expect } from 'chai';
import { readHttpApi } from '../../../../local/api-gateway/http/http-api.ts';
import { httpDocument } from './fixture.ts';

const DOCUMENT = JSON.stringify(httpDocument('http://127.0.0.1:1'));

describe('the document of an HTTP API', () => {
  it('is read as routes', () => {
    const routes = readHttpApi(DOCUMENT).map(({ method, resourcePath, authorizer }) => [
      `${method} ${resourcePath}`,
      authorizer?.name,
    ]);
    expect(routes).to.deep.include.members([
      ['POST /items', 'cached'],
      ['GET /items/{id}', 'uncached'],
      ['GET /health', undefined],
    ]);
  });

  for (const [what, from, to, said] of [
    ['an authorizer that is not there', '[{"cached":[]}]', '[{"other":[]}]', /no authorizer named other$/],
    ['two authorizers', '[{"cached":[]}]', '[{"cached":[]},{"uncached":[]}]', /more than one authorizer$/],
    ['an identity source', '$context.routeKey', '$context.stage', /identity source \$context.stage is not/],
    ['payload format 1.0', 'FormatVersion":"2.0"', 'FormatVersion":"1.0"', /only payload format 2.0/],
    ['IAM policies', 'Responses":true', 'Responses":false', /only simple responses/],
    ['the source of a parameter', '$context.authorizer.tenantId', '$request.body.x', /x-tenant-id is not/],
    ['appended headers', 'overwrite:header.x-source-ip', 'append:header.x', /append:header.x is not/],
    ['a private integration', '"INTERNET"', '"VPC_LINK"', /only connectionType INTERNET/],
    ['a greedy parameter', '/mistaken/{id}', '/mistaken/{id+}', /{id\+} is not supported$/],
    ['every method at once', '"post"', '"x-amazon-apigateway-any-method"', /any-method' is not supported$/],
    ['a TTL', 'Seconds":60', 'Seconds":3601', /not within 0 and 3600$/],
    ['an element', '"paths"', '"x-amazon-apigateway-cors":{},"paths"', /apigateway-cors' is not/],
  ] as const)
    it(`is refused, with the place, for ${what}`, () => {
      expect(() => readHttpApi(DOCUMENT.replaceAll(from, to))).to.throw(said);
    });

  it('is not quoted when it cannot be read: it holds the gateway’s secret', () => {
    const broken = DOCUMENT.replaceAll('"hush"', '"$hush"');
    expect(() => readHttpApi(broken)).to.throw(/^(?!.*hush).*x-gateway-secret/);
  });
});
