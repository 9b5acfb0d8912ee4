import { expect } from 'chai';
import { flushIn, flushRoute } from '../../../local/api-gateway/flush.ts';
import { createIam } from '../../../local/iam/authorize.ts';
import type { HttpAnswer } from '../../../local/endpoint.ts';
import { failure } from '../failure.ts';

const ACCOUNT = '000000000000';
const ROLE = 'suspender';

describe('the memory of a stage’s authorizers', () => {
  const flushed: string[] = [];
  const iam = createIam({ account: ACCOUNT, securityRoleArn: `arn:aws:iam::${ACCOUNT}:role/security` });
  iam.roles.create(ROLE, JSON.stringify({ Version: '2012-10-17', Statement: [] }));
  iam.roles.create('nobody', JSON.stringify({ Version: '2012-10-17', Statement: [] }));
  const Resource = ['restapis', 'apis'].map(
    (kind) => `arn:aws:apigateway:us-east-1::/${kind}/*/stages/*/cache/authorizers`,
  );
  iam.roles.putPolicy(
    ROLE,
    'flush',
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: ['apigateway:DELETE'], Resource }],
    }),
  );
  const route = flushRoute({
    iam,
    region: 'us-east-1',
    rest: (apiId, stage) => apiId === 'a1' && flushed.push(`rest ${stage}`) > 0,
    http: (apiId, stage) => apiId === 'b2' && flushed.push(`http ${stage}`) > 0,
  });
  const call = async (
    path: string,
    { method = 'DELETE', role = ROLE } = {},
  ): Promise<HttpAnswer | undefined> =>
    route({
      method,
      path,
      query: new URLSearchParams(),
      headers: {},
      body: Buffer.alloc(0),
      caller: { accessKeyId: role },
    });
  beforeEach(() => {
    flushed.length = 0;
  });

  it('is emptied by the calls of both versions of the service', async () => {
    expect((await call('/restapis/a1/stages/live/cache/authorizers'))?.status).to.equal(202);
    expect((await call('/v2/apis/b2/stages/%24default/cache/authorizers'))?.status).to.equal(204);
    expect(flushed).to.deep.equal(['rest live', 'http $default']);
  });

  it('is emptied by nobody who may not', async () => {
    const refused = failure(call('/restapis/a1/stages/live/cache/authorizers', { role: 'nobody' }));
    expect(String(await refused)).to.contain('apigateway:DELETE');
    expect(flushed).to.deep.equal([]);
  });

  it('is not there for a stage that is not, and no other call is taken', async () => {
    const missing = await failure(call('/restapis/zz/stages/live/cache/authorizers'));
    expect(missing).to.include({ code: 'NotFoundException' });
    expect(await call('/restapis/a1/stages/live/cache/authorizers', { method: 'GET' })).to.equal(undefined);
    expect(await call('/v2/restapis/a1/stages/live/cache/authorizers')).to.equal(undefined);
    expect(await call('/apis/b2/stages/live/cache/data')).to.equal(undefined);
  });

  it('is counted at the stage that is served, and at no other', () => {
    const stage = { apiId: 'a1', name: 'live', arn: 'arn:…/live', account: ACCOUNT };
    const serving = new Map([['a1', { stage }]]);
    expect(flushIn(serving, 'a1', 'test')).to.equal(false);
    expect(flushIn(serving, 'b2', 'live')).to.equal(false);
    expect(serving.get('a1')?.stage).to.equal(stage);
    expect([flushIn(serving, 'a1', 'live'), flushIn(serving, 'a1', 'live')]).to.deep.equal([true, true]);
    expect(serving.get('a1')?.stage).to.include({ flushes: 2 });
  });
});
