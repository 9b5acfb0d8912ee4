import { expect } from 'chai';
import { socketParts } from '../../../../local/api-gateway/websocket/resources.ts';

const INTEGRATION = {
  apiId: 'api',
  integrationType: 'HTTP_PROXY',
  integrationMethod: 'POST',
  integrationUri: 'http://127.0.0.1:1/x',
  requestParameters: { 'integration.request.header.x-id': 'context.connectionId' },
};

describe('the parts of a WebSocket API', () => {
  const { handlers, routesOf } = socketParts();
  const make = (type: string, inputs: object): Promise<string> =>
    handlers[`aws:apigatewayv2/${type}`]!.create({ ...inputs }, 'name').then(
      ({ id }) => id,
      (error: Error) => error.message,
    );

  for (const [what, type, inputs, said] of [
    [
      'another integration',
      'integration:Integration',
      { ...INTEGRATION, integrationType: 'MOCK' },
      /HTTP_PROXY/,
    ],
    [
      'another source of a header',
      'integration:Integration',
      { ...INTEGRATION, requestParameters: { 'integration.request.header.a': 'stageVariables.x' } },
      /header.a is not supported/,
    ],
    [
      'an authorized message',
      'route:Route',
      { apiId: 'api', routeKey: '$default', authorizationType: 'AWS_IAM', target: 'x' },
      /AWS_IAM of \$default/,
    ],
    [
      'another route',
      'route:Route',
      { apiId: 'api', routeKey: 'sendMessage', target: 'x' },
      /the route sendMessage/,
    ],
    [
      'an authorizer that is not asked',
      'route:Route',
      { apiId: 'api', routeKey: '$connect', authorizerId: 'a', target: 'x' },
      /no CUSTOM authorization/,
    ],
    [
      'a JWT authorizer',
      'authorizer:Authorizer',
      { apiId: 'api', name: 'x', authorizerType: 'JWT' },
      /REQUEST/,
    ],
  ] as const)
    it(`are refused for ${what}, which is not emulated`, async () => {
      expect(await make(type, inputs)).to.match(said);
    });

  it('are refused when a route names what is not there', async () => {
    await make('route:Route', { apiId: 'broken', routeKey: '$default', target: 'integrations/none' });
    expect(() => routesOf('broken')).to.throw('Integration of the route $default');
  });
});
