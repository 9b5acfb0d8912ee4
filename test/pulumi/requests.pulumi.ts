import { expect } from 'chai';
import path from 'node:path';
import { startCloud, type Cloud } from '../../local/cloud.ts';
import { signIn } from '../../local/seed/sign-in.ts';
import { CLI, withEngine } from './cli.ts';
import { deployable, type Project } from './project.ts';

const PASSWORD = 'Correct-horse-battery-9';

withEngine('requests to a cloud that the engine has deployed', function () {
  this.timeout(300_000);
  let project: Project;
  let cloud: Cloud;
  before(async () => {
    project = await deployable();
    cloud = await startCloud({
      root: project.root,
      port: 0,
      password: PASSWORD,
      backend: path.join(project.repository, 'demo/main.ts'),
      migrations: path.join(project.repository, 'demo/migrations'),
      cli: CLI!,
    });
  });
  after(async () => {
    await cloud.close();
    await project.close();
  });

  const ask = async (user: string): Promise<number> => {
    const { AccessToken } = await signIn({ endpoint: cloud.endpointUrl, password: PASSWORD }, 'acme', user);
    const { status } = await fetch(`${cloud.gatewayUrl}/customer/user/42`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${AccessToken}`, 'content-type': 'application/json' },
      body: '{}',
    });
    return status;
  };

  it('are allowed and denied by the policies', async () => {
    expect([await ask('alice'), await ask('bob')]).to.deep.equal([200, 403]);
  });

  it('are decided anew after an edit and a deployment', async () => {
    const acme = await project.read('acme');
    await project.write(
      'acme',
      acme.replace(
        "principalInGroup('PAYEE_MGMT').action(op.putCustomerUser)",
        "principalInGroup('ADMIN').action(op.putCustomerUser)",
      ),
    );
    const { problems, changes } = await cloud.update();
    expect(problems).to.deep.equal([]);
    expect(changes).to.deep.include({ created: 0, updated: 2, deleted: 0 });
    // One second: what the embedded cloud's gateway may reuse a decision.
    const until = Date.now() + 10_000;
    while ((await ask('alice')) !== 403) expect(Date.now()).to.be.lessThan(until);
  });

  it('a file that is wrong is refused in the words of its mistake, and what ran before still runs', async () => {
    await project.write('acme', 'export default 1;\n');
    const { problems } = await cloud.update();
    expect(problems.join('\n')).to.include('tenants/acme.ts:1:16 [DEFAULT_EXPORT]');
    expect(await ask('bob')).to.equal(403);
  });
});
