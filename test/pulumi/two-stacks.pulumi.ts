import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'chai';
import { withEngine } from './cli.ts';
import { startTestStack, type TestEngine, type TestStack } from './stack.ts';

withEngine('two stacks side by side', function () {
  this.timeout(300_000);
  let stack: TestStack;
  let dev: TestEngine;
  let prod: TestEngine;
  before(async () => {
    stack = await startTestStack();
    dev = await stack.engine('dev');
    prod = await stack.engine('prod');
  });
  after(() => stack.close());

  const tables = async (): Promise<string[]> => {
    const { TableNames = [] } = await stack.dynamodb('operator').send(new ListTablesCommand({}));
    return TableNames.toSorted();
  };
  /** What a gateway answers to a request without a token. */
  const unasked = async (engine: TestEngine): Promise<number> => {
    const { text } = await engine.run('stack', 'output', 'gateways', '--json');
    const gateways: { readonly rest: string } = JSON.parse(text);
    const { status } = await fetch(`${gateways.rest}/customer/user/42`, { method: 'PUT' });
    return status;
  };

  it('have nothing in common', async () => {
    for (const engine of [dev, prod]) {
      const { code, said } = await engine.up();
      expect({ code, said }).to.deep.equal({ code: 0, said: '' });
    }
    for (const engine of [dev, prod]) expect((await engine.up()).changes).to.deep.equal([]);
    const names = ['policies', 'registry', 'subjects', 'sync-state'];
    expect(await tables()).to.deep.equal(
      ['dev', 'prod'].flatMap((one) => names.map((name) => `cedarwright-${one}-${name}`)),
    );
    expect([await unasked(dev), await unasked(prod)]).to.deep.equal([401, 401]);
  });

  it('go one without the other, with all that they had', async () => {
    const { code, text } = await prod.run('destroy', '--yes', '--skip-preview');
    expect(code, text).to.equal(0);
    expect((await tables()).every((name) => name.startsWith('cedarwright-dev-'))).to.equal(true);
    const pools = await stack.call(
      'AWSCognitoIdentityProviderService',
      'ListUserPools',
      { MaxResults: 60 },
      'UserPools',
    );
    expect(pools.every(({ Name }) => String(Name).startsWith('cedarwright-dev-'))).to.equal(true);
    expect((await dev.up()).changes).to.deep.equal([]);
    expect(await unasked(dev)).to.equal(401);
  });
});
