import { expect } from 'chai';
import { inProject, tenant } from './project.ts';

const RETIRED = (slug: string): string =>
  `import { retired } from '../dsl/index.ts';\n\nexport default retired('${slug}');\n`;
const ONE = `permit().action(op.postOrder).id('one'),`;

describe('a tenant file that says retired', () => {
  it('defines no tenant, and is named', () =>
    inProject({ 'acme.ts': tenant('acme', ONE), 'old.ts': RETIRED('old') }, async ({ load }) => {
      const { tenants, retired, problems } = await load();
      expect(problems).to.deep.equal([]);
      expect(tenants.map(({ slug }) => slug)).to.deep.equal(['acme']);
      expect(retired).to.deep.equal(['old']);
    }));

  for (const [written, where] of [
    [`retired('other')`, '1:24 SLUG'],
    [`retired('Acme!')`, '1:24 SLUG'],
    [`retired()`, '1:16 SLUG'],
    [`retired(String('acme'))`, '1:24 SLUG'],
  ] as const) {
    it(`names its own slug as text, so not ${written}`, () =>
      inProject({ 'acme.ts': `export default ${written};\n` }, async ({ places }) => {
        expect(await places()).to.deep.equal([`tenants/acme.ts:${where}`]);
      }));
  }

  it('is nobody whose rows another tenant may reach', () =>
    inProject(
      {
        'app.ts': tenant('app', ONE, `dataTenants: ['old'],`).replaceAll('saasTenant', 'customerApp'),
        'old.ts': RETIRED('old'),
      },
      async ({ messages }) => {
        expect(await messages()).to.include('there is no tenant "old"');
      },
    ));
});
