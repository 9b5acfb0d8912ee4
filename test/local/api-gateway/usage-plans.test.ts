import { expect } from 'chai';
import { policy, startGateway, STAGE, type Fixture } from './fixture.ts';

const KEY = 'a key of twenty characters';

describe('the usage plans of the emulated REST gateway', () => {
  let gateway: Fixture;
  beforeEach(async () => {
    gateway = await startGateway();
    gateway.answer = ({ methodArn }) => policy('Allow', methodArn, {}, KEY);
  });
  afterEach(() => gateway.close());

  const make = async (type: string, inputs: object): Promise<string> => {
    const handler = gateway.usagePlans.handlers[`aws:apigateway/${type}`]!;
    return (await handler.create({ ...inputs }, 'name')).id;
  };
  const plan = (stage: string = STAGE.name, rateLimit = 1, burstLimit = 2): Promise<string> =>
    make('usagePlan:UsagePlan', {
      apiStages: [{ apiId: STAGE.apiId, stage }],
      throttleSettings: { rateLimit, burstLimit },
    });
  const holder = async (usagePlanId: string, value = KEY): Promise<void> => {
    const keyId = await make('apiKey:ApiKey', { name: 'holder', value });
    await make('usagePlanKey:UsagePlanKey', { keyId, keyType: 'API_KEY', usagePlanId });
  };
  const ask = async (path = '/counted', headers: Record<string, string> = {}) => {
    const response = await fetch(gateway.url + path, {
      headers: { authorization: 'Bearer one', ...headers },
    });
    return { status: response.status, body: await response.text() };
  };
  const TOO_MANY = { status: 429, body: '{"message":"Too Many Requests"}' };
  const NO_KEY = { status: 403, body: '{"message":"Forbidden"}' };

  it('let the burst pass, then the rate, and throttle the rest in the platform’s words', async () => {
    await holder(await plan());
    expect((await ask()).status).to.equal(200);
    expect((await ask()).status).to.equal(200);
    expect(await ask()).to.deep.equal(TOO_MANY);
    expect(gateway.forwarded).to.have.length(2);
    gateway.now += 999;
    expect((await ask()).status).to.equal(429);
    gateway.now += 1;
    expect((await ask()).status).to.equal(200);
  });

  it('count requests that a remembered policy answers', async () => {
    await holder(await plan());
    for (const status of [200, 200, 429]) expect((await ask()).status).to.equal(status);
    expect(gateway.events).to.have.length(1);
  });

  it('remember no throttling: the decision is the same as soon as there is room', async () => {
    await holder(await plan());
    for (let i = 0; i < 5; i++) await ask();
    gateway.now += 10_000;
    expect((await ask()).status).to.equal(200);
  });

  it('throttle each holder by itself', async () => {
    const shared = await plan();
    await holder(shared);
    await holder(shared, 'another key of twenty');
    for (let i = 0; i < 3; i++) await ask();
    expect((await ask()).status).to.equal(429);
    gateway.answer = ({ methodArn }) => policy('Allow', methodArn, {}, 'another key of twenty');
    expect((await ask('/counted', { authorization: 'Bearer two' })).status).to.equal(200);
  });

  it('take a key from the authorizer alone, never from the client', async () => {
    await holder(await plan());
    gateway.answer = ({ methodArn }) => policy('Allow', methodArn);
    expect(await ask('/counted', { 'x-api-key': KEY })).to.deep.equal(NO_KEY);
    expect(gateway.forwarded).to.have.length(0);
  });

  it('refuse a key that none of this stage’s plans has', async () => {
    expect(await ask()).to.deep.equal(NO_KEY);
    await holder(await plan('another stage'));
    expect(await ask()).to.deep.equal(NO_KEY);
  });

  it('are not asked about what the authorizer refuses, nor where no key is demanded', async () => {
    await holder(await plan(STAGE.name, 1, 1));
    gateway.answer = ({ methodArn }) => policy('Deny', methodArn, {}, KEY);
    for (const token of ['Bearer a', 'Bearer b'])
      expect((await ask('/counted', { authorization: token })).status).to.equal(403);
    gateway.answer = ({ methodArn }) => policy('Allow', methodArn, {}, KEY);
    for (let i = 0; i < 3; i++) expect((await ask('/items/1')).status).to.equal(200);
    expect((await ask()).status).to.equal(200);
  });

  it('are refused what they would not honour', async () => {
    const refused = (type: string, inputs: object): Promise<string> =>
      make(type, inputs).then(
        () => 'made',
        (error: Error) => error.message,
      );
    const apiStages = [{ apiId: 'api', stage: 'live', throttles: [{ path: '/x/GET', burstLimit: 1 }] }];
    expect(await refused('usagePlan:UsagePlan', { apiStages })).to.include('single method');
    expect(await refused('usagePlan:UsagePlan', { throttleSettings: { rateLimit: 1 } })).to.include(
      'burstLimit',
    );
    expect(await refused('apiKey:ApiKey', { value: 'short' })).to.include('20 to 128');
    await make('apiKey:ApiKey', { value: KEY });
    expect(await refused('apiKey:ApiKey', { value: KEY })).to.include('already exists');
  });
});
