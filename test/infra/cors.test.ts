import { expect } from 'chai';
import type { Action, Model } from '../../cedar/model.ts';
import { corsProblems, corsRules } from '../../infra/cors.ts';
import { restBody } from '../../infra/openapi-body.ts';
import { readRestApi } from '../../local/api-gateway/rest-api.ts';
import { createGateway } from '../../local/api-gateway/server.ts';
import { close, listen } from '../../local/loopback.ts';

const ORIGIN = 'http://localhost:5173';
const operation = (
  method: string,
  path: string,
  context: Action['context'] = {},
): Record<string, Action> => ({
  [`${method} ${path}`]: {
    groups: [],
    principals: ['Reader'],
    resources: ['Endpoint'],
    context,
    route: {
      method,
      path,
      key: path,
      resource: { type: 'Endpoint', id: { from: 'endpoint' } },
      sensitive: false,
    },
  },
});
const MODEL: Model = {
  namespace: 'Library',
  principalTypes: {},
  entityTypes: {},
  actions: {
    ...operation('GET', '/books', {
      reason: { type: { kind: 'String' }, required: false, from: { source: 'header', name: 'X-Reason' } },
    }),
    ...operation('PUT', '/books/{id}'),
    ...operation('OPTIONS', '/options'),
  },
  actionGroups: {},
  groups: {},
  publicRoutes: [{ method: 'GET', path: '/pages' }],
};

describe('pages of other origins', () => {
  it('are told nothing where no origin is allowed', () => {
    expect(corsRules({ corsOrigins: [] }, MODEL)).to.equal(undefined);
  });

  it('may use the methods and headers that the API declares', () => {
    expect(corsRules({ corsOrigins: [ORIGIN] }, MODEL)).to.deep.equal({
      origins: [ORIGIN],
      methods: ['GET', 'OPTIONS', 'PUT'],
      headers: ['authorization', 'content-type', 'x-reason'],
    });
  });

  it('are of one origin before a REST API, which answers with fixed headers', () => {
    const two = [ORIGIN, 'http://localhost:1'];
    expect(corsProblems({ gateways: ['http'], corsOrigins: two })).to.deep.equal([]);
    expect(corsProblems({ gateways: ['rest', 'http'], corsOrigins: [ORIGIN] })).to.deep.equal([]);
    expect(corsProblems({ gateways: ['rest', 'http'], corsOrigins: two })).to.have.length(1);
  });

  describe('before a REST API', () => {
    const gateway = createGateway({
      invoke: () => Promise.reject(new Error('the authorizer was asked')),
      deployed: () => ({
        stage: { apiId: 'api', name: 'live', account: '0', arn: 'arn:aws:execute-api:x:0:api/live' },
        ...readRestApi(
          JSON.stringify(
            restBody({
              title: 'library',
              model: MODEL,
              cacheable: new Set(),
              gatewayTtlSeconds: 0,
              authorizerUri: 'arn:x:functions/arn:aws:lambda:x:0:function:f/invocations',
              // Nobody listens there: what is answered is the gateway's own.
              backendUrl: 'http://127.0.0.1:9',
              gatewaySecret: 'hush',
              cors: corsRules({ corsOrigins: [ORIGIN] }, MODEL),
            }),
          ),
        ),
      }),
      usagePlans: { admit: () => 'admitted' },
    });
    let url = '';
    before(async () => {
      url = `http://127.0.0.1:${await listen(gateway, 0)}`;
    });
    after(() => close(gateway));

    it('are answered on every path by the gateway alone', async () => {
      for (const path of ['/books', '/books/42', '/pages']) {
        const response = await fetch(url + path, {
          method: 'OPTIONS',
          headers: { origin: ORIGIN, 'access-control-request-method': 'PUT' },
        });
        expect(response.status, path).to.equal(204);
        expect(response.headers.get('access-control-allow-origin')).to.equal(ORIGIN);
        expect(response.headers.get('access-control-allow-methods')).to.equal('GET,OPTIONS,PUT');
        expect(response.headers.get('access-control-allow-headers')).to.include('x-reason');
      }
    });

    it('leave an OPTIONS of the API’s own behind its authorizer', async () => {
      const response = await fetch(`${url}/options`, { method: 'OPTIONS' });
      expect(response.status).to.equal(401);
    });

    it('may read refusals of the gateway', async () => {
      for (const [path, status] of [
        ['/books', 401],
        ['/nothing', 403],
        ['/pages', 504],
      ] as const) {
        const response = await fetch(url + path, { headers: { origin: ORIGIN } });
        expect(response.status).to.equal(status);
        expect(response.headers.get('access-control-allow-origin'), path).to.equal(ORIGIN);
      }
    });
  });
});
