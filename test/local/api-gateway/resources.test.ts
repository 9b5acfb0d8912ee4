import { expect } from 'chai';
import { restApiResources } from '../../../local/api-gateway/resources.ts';
import type { ResourceHandler } from '../../../local/program/resource.ts';
import { documentFor } from './document.ts';

describe('the resources of a REST API', () => {
  const served: (() => { readonly stage: { readonly name: string } } | undefined)[] = [];
  const api = restApiResources({
    region: 'us-east-1',
    account: '000000000000',
    url: 'http://first',
    openFront: async (deployed) => {
      served.push(deployed);
      return { url: `http://front-${served.length}`, close: async () => undefined };
    },
  });
  const handler = (type: string): ResourceHandler => {
    const found = api.handlers[`aws:apigateway/${type}`];
    if (!found) throw new Error(`no handler of ${type}`);
    return found;
  };

  it('serve the deployment that their stage names, also after the stage was replaced', async () => {
    const body = JSON.stringify(documentFor('http://127.0.0.1:1'));
    const { id: restApi } = await handler('restApi:RestApi').create({ name: 'api', body }, 'api');
    const deployment = await handler('deployment:Deployment').create({ restApi, triggers: {} }, 'd');
    const stage = handler('stage:Stage');
    const inputs = { restApi, deployment: deployment.id };
    const first = await stage.create({ ...inputs, stageName: 'one' }, 'stage');
    expect(api.deployed()?.stage.name).to.equal('one');

    const second = await stage.create({ ...inputs, stageName: 'two' }, 'stage');
    await stage.delete(first.id, first.state);
    expect(api.deployed()?.stage.name).to.equal('two');
    await stage.delete(second.id, second.state);
    expect(api.deployed()).to.equal(undefined);
  });

  it('of a second stack are served beside the first', async () => {
    const body = JSON.stringify(documentFor('http://127.0.0.1:1'));
    const { id: restApi } = await handler('restApi:RestApi').create({ name: 'other', body }, 'other');
    const deployment = await handler('deployment:Deployment').create({ restApi, triggers: {} }, 'd');
    const inputs = { restApi, deployment: deployment.id, stageName: 'other' };
    const { state } = await handler('stage:Stage').create(inputs, 'stage');
    expect(state['invokeUrl']).to.equal('http://front-1');
    expect(served[0]?.()?.stage.name).to.equal('other');
    expect(api.deployed()).to.equal(undefined);
  });
});
