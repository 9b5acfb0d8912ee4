import { expect } from 'chai';
import type { Tenant } from '../../../dsl/tenants/tenant.ts';
import { model } from '../../types/model.ts';
import { inProject, tenant } from './project.ts';

const POLICY = `permit().principalInGroup('admins').action(op.postOrder).id('one'),`;
const guardrails = (text: string): string => `import { guardrails } from '../../dsl/index.ts';
import { word } from './words.ts';
export default guardrails(({ slug, forbid }) => [
  forbid().principalIs('User').when(({ principal }) => principal.department.eq(slug + word)).annotate('text', '${text}').id('guardrail-a'),
]);
`;
const FILES = {
  'acme.ts': tenant('acme', POLICY),
  'globex.ts': tenant('globex', POLICY),
  'shared/words.ts': `export const word = 'one';\n`,
  'shared/guardrails.ts': guardrails('first'),
};
const statements = (tenants: readonly Tenant[]): string =>
  tenants.flatMap(({ policies }) => policies.map(({ statement }) => statement)).join('\n');

describe('a project that is loaded again', () => {
  it('costs next to nothing where nothing has changed, and gives the same', () =>
    inProject(FILES, async ({ load }) => {
      const [first, second] = [await load(), await load()];
      expect(first.tenants).to.have.length(2);
      expect(second.tenants.map((each, index) => each === first.tenants[index])).to.deep.equal([true, true]);
    }));

  it('is read anew where a tenant, what it imports or the guardrails have changed', () =>
    inProject(FILES, async ({ load, write }) => {
      const [acme, globex] = (await load()).tenants;
      await write('acme.ts', tenant('acme', POLICY.replace('admins', 'staff')));
      const edited = (await load()).tenants;
      expect(statements(edited)).to.contain('"acme|staff"');
      expect(edited[0]).not.to.equal(acme);
      expect(edited[1]).to.equal(globex);
      await write('shared/words.ts', `export const word = 'two';\n`);
      expect(statements((await load()).tenants))
        .to.contain('"acmetwo"')
        .and.to.contain('"globextwo"');
      await write('shared/guardrails.ts', guardrails('second'));
      expect(statements((await load()).tenants))
        .to.contain('@text("second")')
        .and.not.to.contain('"first"');
    }));

  it('is read anew in another language, or for another model', () =>
    inProject(FILES, async ({ load, write }) => {
      expect((await load()).problems).to.deep.equal([]);
      const smaller = {
        ...model,
        actions: { ...model.actions, 'POST /order': model.actions['GET /order/{id}']! },
      };
      expect((await load({ model: smaller })).tenants[0]?.schema.sha256).not.to.equal(
        (await load()).tenants[0]?.schema.sha256,
      );
      await write('../dsl/index.ts', `export const nothing = 1;\n`);
      expect((await load()).problems.map(({ code }) => code)).to.include('NOT_LOADABLE');
    }));

  it('tells of a mistake as often as it is there, and not once more', () =>
    inProject(FILES, async ({ places, write }) => {
      await write('acme.ts', tenant('acme', `permit().action('NO' as never).id('x'),`));
      expect(await places()).to.deep.equal(['tenants/acme.ts:5:14 UNKNOWN_ACTION']);
      expect(await places()).to.deep.equal(['tenants/acme.ts:5:14 UNKNOWN_ACTION']);
      await write('acme.ts', FILES['acme.ts']);
      expect(await places()).to.deep.equal([]);
    }));

  it('gives every tenant its guardrails, however many there are', () => {
    const slugs = Array.from({ length: 120 }, (_, number) => `tenant-${number}`);
    const files = Object.fromEntries(slugs.map((slug) => [`${slug}.ts`, tenant(slug, '')]));
    return inProject({ ...FILES, ...files }, async ({ load }) => {
      const { tenants } = await load();
      expect(tenants).to.have.length(122);
      for (const { slug, policies } of tenants) {
        expect(policies.find(({ guardrail }) => guardrail)?.statement).to.contain(`"${slug}one"`);
      }
    });
  });
});
