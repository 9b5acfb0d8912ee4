import { expect } from 'chai';
import type { DeployedHttp } from '../../../local/api-gateway/http/server.ts';
import { v2Resources } from '../../../local/api-gateway/v2-resources.ts';
import type { ResourceHandler } from '../../../local/program/resource.ts';
import { httpDocument } from './http/fixture.ts';

describe('the resources of HTTP and WebSocket APIs', () => {
  let deployed: () => DeployedHttp | undefined;
  const v2 = v2Resources({
    region: 'us-east-1',
    account: '000000000000',
    async openHttpFront(current) {
      deployed = current;
      return { url: 'http://x', close: async () => undefined };
    },
    openWebSocketFront: async () => ({ url: 'ws://x', close: async () => undefined }),
  });
  const handler = (type: string): ResourceHandler => v2.handlers[`aws:apigatewayv2/${type}`]!;
  const refused = (type: string, inputs: object): Promise<string> =>
    handler(type)
      .create({ ...inputs }, 'name')
      .then(
        () => 'made',
        (error: Error) => error.message,
      );
  const body = JSON.stringify(httpDocument('http://127.0.0.1:1'));
  const api = { name: 'api', protocolType: 'HTTP', body };

  it('serve what was deployed, not what an API has become since', async () => {
    const { id: apiId } = await handler('api:Api').create(api, 'api');
    const { id: deploymentId } = await handler('deployment:Deployment').create({ apiId }, 'd');
    const settings = { throttlingRateLimit: 5, throttlingBurstLimit: 6 };
    const stage = { apiId, deploymentId, name: '$default', defaultRouteSettings: settings };
    const { state } = await handler('stage:Stage').create(stage, 'stage');
    expect(state).to.include({ invokeUrl: 'http://x' });
    expect(v2.url('HTTP')).to.equal('http://x');
    const { routes, throttle } = deployed()!;
    expect(routes).to.have.length(8);
    expect(throttle).to.deep.equal({ rate: 5, burst: 6 });

    await handler('api:Api').update(apiId, { ...api, body: '{"paths":{}}' }, {});
    expect(deployed()?.routes).to.have.length(8);
    const { id: later } = await handler('deployment:Deployment').create({ apiId }, 'd');
    await handler('stage:Stage').update(`${apiId}-$default`, { ...stage, deploymentId: later }, {});
    expect(deployed()?.routes).to.have.length(0);
  });

  it('are refused what they would not honour', async () => {
    expect(await refused('api:Api', { ...api, corsConfiguration: { allowCredentials: true } })).to.include(
      'allowCredentials',
    );
    expect(
      await refused('api:Api', {
        name: 'ws',
        protocolType: 'WEBSOCKET',
        routeSelectionExpression: 'x',
        body,
      }),
    ).to.include('HTTP APIs');
    expect(await refused('deployment:Deployment', { apiId: 'none' })).to.include('API identifier');
    const { id: apiId } = await handler('api:Api').create(api, 'api');
    const { id: deploymentId } = await handler('deployment:Deployment').create({ apiId }, 'd');
    const stage = { apiId, deploymentId, name: 'live' };
    for (const [settings, said] of [
      [{ throttlingRateLimit: 5 }, 'throttlingBurstLimit'],
      [{ loggingLevel: 'INFO' }, 'loggingLevel'],
    ] as const)
      expect(await refused('stage:Stage', { ...stage, defaultRouteSettings: settings })).to.include(said);
  });
});
