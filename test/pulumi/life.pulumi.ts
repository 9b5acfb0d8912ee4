import { expect } from 'chai';
import { withEngine } from './cli.ts';
import { startTestStack, type TestEngine, type TestStack } from './stack.ts';

const RETIRED = `import { retired } from '../dsl/index.ts';\n\nexport default retired('acme');\n`;
const INITECH = `import { saasTenant } from '../dsl/index.ts';

export default saasTenant({
  slug: 'initech',
  policies: ({ permit }) => [permit().principalInGroup('AUDITOR').actionInGroup('read').id('auditors-read')],
});
`;
const EDITED = 'payee-managers-edit-users';
/** The same policy, for another group. */
const edited = (acme: string): string =>
  acme.replace(
    "principalInGroup('PAYEE_MGMT').action(op.putCustomerUser)",
    "principalInGroup('ADMIN').action(op.putCustomerUser)",
  );

withEngine('a tenant’s life under the engine, one deployment after the other', function () {
  this.timeout(300_000);
  let stack: TestStack;
  let engine: TestEngine;
  let acme: string;
  before(async () => {
    stack = await startTestStack({ protect: 'true' });
    engine = await stack.engine('dev');
    acme = await stack.project.read('acme');
  });
  after(() => stack.close());

  const about = (slug: string, changes: readonly string[]): string[] =>
    changes.filter((change) => change.includes(` ${slug}`));

  it('a preview makes nothing', async () => {
    const { code, text } = await engine.run('preview');
    expect({ code, stores: text.includes('acme-policies-gateway-store') }).to.deep.equal({
      code: 0,
      stores: true,
    });
    expect(await engine.state()).not.to.include('acme-');
    // In the words of those who own the policies, and before the first resource.
    expect(text).to.include('+ tenant acme: new, as saasTenant');
    expect(text).to.include(
      `+ ${EDITED}: permits members of PAYEE_MGMT to do PUT /customer/user/{id} on anything`,
    );
    expect(text).to.match(/a policy +\d+ s: gateway 60 s/);
    expect(text).to.include('items live#<tenant> of the table cedarwright-dev-policies');
  });

  it('the first one makes everything', async () => {
    const { code, changes, said } = await engine.up();
    expect(said).to.equal('');
    expect(code).to.equal(0);
    expect(changes.every((change) => change.startsWith('create '))).to.equal(true);
    for (const slug of ['acme', 'globex', 'retail'])
      expect(about(slug, changes)).to.include(`create ${slug}-pool`);
  });

  it('the second one finds nothing to do, archives included', async () => {
    const { code, changes, said, unchanged } = await engine.up();
    expect({ code, changes, said }).to.deep.equal({ code: 0, changes: [], said: '' });
    expect(unchanged).to.be.greaterThan(100);
  });

  it('no secret is in its state in plain text', async () => {
    const state = await engine.state();
    expect(state).to.include('acme-pool').and.not.include('a-secret-to-look-for');
  });

  it('a line of comment changes nothing', async () => {
    await stack.project.write('acme', `// Who may do what at Acme.\n${acme}`);
    expect((await engine.up()).changes).to.deep.equal([]);
  });

  it('a policy that is edited changes its item and its tenant’s release', async () => {
    await stack.project.write('acme', edited(acme));
    const { changes, said } = await engine.up();
    expect(said).to.equal('');
    expect(changes).to.deep.equal([`update acme-policies-policy-${EDITED}`, 'update acme-policies-release']);
  });

  it('a tenant that is added brings its own resources only', async () => {
    await stack.project.write('initech', INITECH);
    const { changes, said } = await engine.up();
    expect(said).to.equal('');
    expect(changes).to.include('create initech-registry-row');
    expect(changes).to.deep.equal(about('initech', changes).filter((change) => change.startsWith('create ')));
  });

  for (const [what, change] of [
    ['gone', () => stack.project.remove('acme')],
    ['renamed', () => stack.project.write('acme2', acme.replace(`slug: 'acme'`, `slug: 'acme2'`))],
  ] as const) {
    it(`a tenant file that is ${what} is refused before any resource, with the command to run`, async () => {
      await change();
      const { code, changes, said } = await engine.up();
      expect(code).not.to.equal(0);
      expect(changes).to.deep.equal([]);
      expect(said).to.include('[TENANT_VANISHED]').and.include('npx cedarwright tenant retire acme');
      const preview = await engine.run('preview');
      expect(preview.code).not.to.equal(0);
      expect(preview.text).to.include('[TENANT_VANISHED]');
    });
  }

  it('the first step of a retirement takes it out of the registry and its protection off', async () => {
    await stack.project.remove('acme2');
    await stack.project.write('acme', RETIRED);
    const { code, changes, said } = await engine.up();
    expect({ code, said }).to.deep.equal({ code: 0, said: '' });
    expect(changes).to.deep.equal([
      'delete acme-registry-row',
      'delete acme-usage-key',
      'delete acme-usage-plan',
      'update acme-policies-gateway-store',
      'update acme-policies-store',
      'update acme-pool',
    ]);
  });

  it('that step can be taken back, and taken again', async () => {
    await stack.project.write('acme', edited(acme));
    const back = await engine.up();
    expect(back.changes).to.include('create acme-registry-row').and.not.include('create acme-pool');
    expect(back.changes).to.include('update acme-pool');
    await stack.project.write('acme', RETIRED);
    expect((await engine.up()).changes).to.include('delete acme-registry-row');
  });

  it('the second step deletes what it had, and nothing else', async () => {
    const { code, changes } = await engine.up();
    expect(code).to.equal(0);
    expect(changes).to.include('delete acme-pool');
    expect(changes).to.deep.equal(about('acme', changes).filter((change) => change.startsWith('delete ')));
    expect(await engine.state()).not.to.include('::acme-');
  });

  it('then the file may go, and the slug is refused for ever', async () => {
    await stack.project.remove('acme');
    expect(await engine.up()).to.deep.include({ code: 0, changes: [] });
    await stack.project.write('acme', acme);
    const { code, changes, said } = await engine.up();
    expect({ refused: code !== 0, changes }).to.deep.equal({ refused: true, changes: [] });
    expect(said).to.include('[SLUG_RETIRED]');
  });
});
