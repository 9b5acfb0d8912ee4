import { expect } from 'chai';
import { generateKeyPairSync } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose';
import type { TestCloud } from '../cloud.ts';
import { sharedCloud } from './shared.ts';

const EDIT = 'PUT /customer/user/42';
const transferFrom = (accountId: string): object => ({
  accountId,
  payeeId: 'pay-acme-1',
  amount: 100,
  currency: 'EUR',
});

describe('requests through the running gateway', function () {
  this.timeout(60_000);
  let cloud: TestCloud;
  before(async () => {
    cloud = await sharedCloud();
  });

  const statusOf = async (...request: Parameters<TestCloud['ask']>): Promise<number> =>
    (await cloud.ask(...request)).status;

  it('lets alice of acme edit a user of her company, and an empty body changes nothing', async () => {
    const before = await cloud.ask(EDIT, 'acme/alice', {});
    const after = await cloud.ask(EDIT, 'acme/alice', {});
    expect(before).to.deep.equal(after);
    expect(after).to.deep.include({ status: 200 });
    expect(after.body).to.include({ id: '42', name: 'Ada Lindqvist' });
  });

  it('denies bob, whom no policy permits', async () => {
    expect(await statusOf(EDIT, 'acme/bob', {})).to.equal(403);
  });

  it('gives an acme token no row of globex, and says nothing of its existence', async () => {
    const foreign = await cloud.ask('PUT /customer/user/77', 'acme/alice', {});
    const absent = await cloud.ask('PUT /customer/user/none', 'acme/alice', {});
    expect(foreign).to.deep.include({ status: 403 });
    expect(foreign.body).to.include({ message: 'Forbidden', reason: 'RESOURCE_NOT_VISIBLE' });
    expect(absent.body).to.have.all.keys('message', 'reason', 'decisionId');
    expect(foreign.body).to.have.all.keys('message', 'reason', 'decisionId');
    expect(absent.body).to.include({ reason: 'RESOURCE_NOT_VISIBLE' });
  });

  it('lists only the rows of the caller’s tenant', async () => {
    const ids = async (who: string): Promise<unknown> => (await cloud.ask('GET /accounts', who)).body;
    expect(JSON.stringify(await ids('acme/bob')))
      .to.include('acc-acme-business')
      .and.not.include('globex');
    expect(JSON.stringify(await ids('retail/ron')))
      .to.include('acc-retail')
      .and.not.include('acme');
  });

  describe('tokens', () => {
    it('answers 401 without one', async () => {
      expect(await statusOf(EDIT, undefined, {})).to.equal(401);
    });

    it('answers 401 to one signed by another key, all else being equal', async () => {
      const genuine = await cloud.token('acme/alice');
      const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      const forged = await new SignJWT(decodeJwt(genuine))
        .setProtectedHeader({ ...decodeProtectedHeader(genuine), alg: 'RS256' })
        .sign(privateKey);
      expect(await statusOf(EDIT, { token: forged }, {})).to.equal(401);
    });

    it('answers 401 to an ID token', async () => {
      expect(await statusOf(EDIT, { token: await cloud.idToken('acme/alice') }, {})).to.equal(401);
    });

    it('answers 401 to no token at all on an operation that everybody may call', async () => {
      expect(await statusOf('GET /accounts')).to.equal(401);
    });
  });

  describe('one policy, asked from both sides', () => {
    const button = async (account: string): Promise<unknown> =>
      (
        await cloud.ask('POST /permissions', 'acme/alice', {
          questions: [{ action: 'ViewTransferButton', resource: { type: 'Account', id: account } }],
        })
      ).body;

    it('shows the button where the transfer will be accepted', async () => {
      expect(await button('acc-acme-business')).to.deep.equal({ answers: [true] });
      expect(await statusOf('POST /transfers', 'acme/alice', transferFrom('acc-acme-business'))).to.equal(
        201,
      );
    });

    it('refuses in the backend what the gateway could not know: the account is frozen', async () => {
      expect(await button('acc-acme-frozen')).to.deep.equal({ answers: [false] });
      const answer = await cloud.ask('POST /transfers', 'acme/alice', transferFrom('acc-acme-frozen'));
      // A decision id in the service's own words: the gateway's refusals have neither.
      expect(answer).to.deep.include({ status: 403 });
      expect(answer.body).to.include({ message: 'Forbidden', reason: 'POLICY_DENIES' });
    });

    it('refuses at the gateway already what the claims decide', async () => {
      const answer = await cloud.ask('POST /transfers', 'acme/bob', transferFrom('acc-acme-business'));
      expect(answer.status).to.equal(403);
      expect(answer.body).to.have.property('Message').that.includes('not authorized');
    });

    it('answers no about another tenant’s account', async () => {
      expect(await button('acc-globex-business')).to.deep.equal({ answers: [false] });
    });
  });

  it('knows no other way to a resource: encoded, dotted, doubled or of another method', async () => {
    for (const path of ['42%2F..%2F77', '4%32%00', '*', '-']) {
      expect(await statusOf(`PUT /customer/user/${path}`, 'acme/alice', {}), path).to.equal(403);
    }
    for (const request of [
      'HEAD /customer/user/42',
      'OPTIONS /customer/user/42',
      'PUT /customer/user/42/',
      'PUT //customer/user/42',
    ]) {
      expect(await statusOf(request, 'acme/alice'), request).to.equal(403);
    }
  });

  it('answers the health check to anybody', async () => {
    expect(await cloud.ask('GET /health')).to.deep.equal({ status: 200, body: { status: 'ok' } });
  });
});
