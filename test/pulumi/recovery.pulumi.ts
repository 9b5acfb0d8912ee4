import { expect } from 'chai';
import { withEngine } from './cli.ts';
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
    expect(await poolNames(stack)).to.deep.equal([
      'cedarwright-dev-acme',
      'cedarwright-dev-globex',
      'cedarwright-dev-retail',
    ]);
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
      expect(await poolNames(stack)).to.deep.equal([
        'cedarwright-dev-acme',
        'cedarwright-dev-globex',
        'cedarwright-dev-retail',
      ]);
      expect(await storeNames(stack)).to.have.length(6);
    });
  }
});

/** Does what each deployment says, until one reaches its end. */
async function mend(stack: TestStack, engine: TestEngine): Promise<void> {
  for (;;) {
    const { code, said } = await engine.up();
    if (code === 0) return;
    const remedies = said.split('Then: pulumi up').flatMap(remedyIn);
    expect(remedies, said).not.to.have.length(0);
    for (const { remove } of remedies.filter(({ takeOver }) => takeOver === undefined))
      await stack.aws(remove);
    const pairs = remedies.flatMap(({ takeOver }) => takeOver ?? []);
    if (pairs.length === 0) continue;
    const refreshed = await engine.run('refresh', ...pairs, '--yes');
    expect(refreshed.code, refreshed.text).to.equal(0);
  }
}

function remedyIn(said: string): { readonly takeOver?: readonly string[]; readonly remove: string }[] {
  const takeOver = /Take it over: +pulumi refresh (.*)/.exec(said)?.[1];
  const remove = /Or delete it: +(.*)/.exec(said)?.[1] ?? '';
  if (takeOver === undefined && remove === '') return [];
  const words = takeOver?.split(' ').map((word) => word.replaceAll("'", ''));
  return [{ ...(words && { takeOver: words }), remove }];
}

const poolNames = async (stack: TestStack): Promise<readonly unknown[]> =>
  (await stack.call('AWSCognitoIdentityProviderService', 'ListUserPools', { MaxResults: 60 }, 'UserPools'))
    .map(({ Name }) => Name)
    .map(String)
    .toSorted();

const storeNames = (stack: TestStack): Promise<readonly unknown[]> =>
  stack.call('VerifiedPermissions', 'ListPolicyStores', {}, 'policyStores');
