import { expect } from 'chai';
import { withEngine } from './cli.ts';
import { runAws } from './aws-command.ts';
import { startTestStack, type TestEngine, type TestStack } from './stack.ts';

/**
 * Where deployments are cut short: what AWS made by then, and the engine never heard of. Some sixteen are made at a
 * time, so each cut leaves others beside it.
 */
const CUT_AT = [
  'acme-pool', // no unique name, as a store and an API
  'acme-policies-policy-everyone-lists', // its key is unique: a second one is refused
  'gateway',
] as const;

withEngine('a deployment that does not reach its end', function () {
  this.timeout(300_000);
  let stack: TestStack;
  let engine: TestEngine;
  beforeEach(async () => {
    stack = await startTestStack();
    engine = await stack.engine('dev');
  });
  afterEach(() => stack.close());

  it('because a resource is refused: the next one makes what is missing, and nothing twice', async () => {
    stack.refuse = ({ name }) => name === 'globex-pool';
    const failed = await engine.up();
    expect(failed.code).not.to.equal(0);
    expect(failed.said).to.include('refused for a test');
    stack.refuse = () => false;
    const second = await engine.up();
    expect({ code: second.code, said: second.said }).to.deep.equal({ code: 0, said: '' });
    const twice = failed.changes.filter((change) => second.changes.includes(change));
    expect(twice.filter((change) => !change.includes('globex'))).to.deep.equal([]);
    expect((await engine.up()).changes).to.deep.equal([]);
    await nothingTwice(stack);
  });

  for (const name of CUT_AT) {
    it(`because it is killed when ${name} is made: the next one names it with a command, or converges`, async () => {
      const made = new Promise<void>((resolve) => {
        let cut = false;
        // From then on the engine gets no answer any more: it is dead before.
        stack.made = (resource) => {
          if (resource.name === name) resolve();
          cut ||= resource.name === name;
          return cut ? new Promise(() => undefined) : undefined;
        };
      });
      await engine.upKilled(made);
      stack.made = () => undefined;
      const locked = await engine.up();
      expect(locked.said, 'the lock of the killed one').to.include('pulumi cancel');
      expect((await engine.run('cancel', '--yes')).code).to.equal(0);

      await mend(stack, engine);
      expect((await engine.up()).changes).to.deep.equal([]);
      await nothingTwice(stack);
    });
  }
});

/** Does what each deployment says, until one reaches its end. */
async function mend(stack: TestStack, engine: TestEngine): Promise<void> {
  for (;;) {
    const { code, said } = await engine.up();
    if (code === 0) return;
    const commands = [...said.matchAll(/^Delete it: +(.*)$/gm)].flatMap(([, command]) => command ?? []);
    expect(commands, said).not.to.have.length(0);
    for (const command of commands) await runAws(stack, command);
  }
}

/** What has no unique name is there once. */
async function nothingTwice(stack: TestStack): Promise<void> {
  const pools = await stack.call(
    'AWSCognitoIdentityProviderService',
    'ListUserPools',
    { MaxResults: 60 },
    'UserPools',
  );
  const stores = await stack.call('VerifiedPermissions', 'ListPolicyStores', {}, 'policyStores');
  for (const names of [pools.map(({ Name }) => Name), stores.map(({ description }) => description)]) {
    expect(names).to.include('cedarwright-dev-acme');
    expect(names).to.deep.equal([...new Set(names)]);
  }
}
