import { expect } from 'chai';
import { asking } from '../../../../dsl/analyze/ask.ts';
import { proveSet, proveTenants } from '../../../../dsl/analyze/prove/isolation.ts';
import { isolationJson, isolationText, verdictOf } from '../../../../dsl/analyze/prove/report.ts';
import { loadModel } from '../../../../dsl/schema/model.ts';
import { loadTenants } from '../../../../dsl/tenants/load.ts';
import { makeProject, type Project } from '../../testing/project.ts';
import { setOf } from '../fixture.ts';
import type { TheSolver } from '../solver/the-solver.ts';

const TENANTS = `
entity User { tenant: String, level: Long };
entity Doc { tenant: String, open: Bool };
entity Lamp;
entity Note { tenant?: String };
action read appliesTo { principal: User, resource: [Doc, Lamp, Note], context: { mfa: Bool } };
`;
const GUARDED = `
permit(principal, action, resource) when { context.mfa && principal.level > 3 };
forbid(principal, action, resource) when { principal.tenant != "acme" };
forbid(principal, action, resource is Doc) unless { resource.tenant == "acme" };
forbid(principal, action, resource is Note) unless { resource has tenant && resource.tenant == principal.tenant };
`;

/** Isolation, of the tenants of a project and of plain Cedar. */
export function keepsTenantsApart(the: TheSolver): void {
  const semantics = 'enforced';
  const proving = () => ({ oracle: asking(the.solver()), semantics, progress: () => undefined }) as const;

  describe('in a project', () => {
    let project: Project;
    before(async () => {
      project = await makeProject();
    });
    after(() => project.remove());

    it('shows a smallest request that a missing guardrail lets through, and who allowed it', async () => {
      const model = loadModel(project.root);
      const { tenants } = await loadTenants({ root: project.root, model, types: false });
      const acme = tenants.filter(({ slug }) => slug === 'acme');
      const [found] = await proveTenants(model, acme, proving());
      const byClaim = (found?.proofs ?? []).map(({ phase, claim, certainty }) => [
        phase,
        claim,
        certainty.kind,
      ]);
      expect(byClaim).to.deep.equal([
        ['full', 'principal.tenant is acme', 'counterexample'],
        ['full', 'resource.tenant is acme', 'proved'],
        ['gateway', 'principal.tenant is acme', 'counterexample'],
      ]);
      const example = found?.proofs[0]?.counterexample;
      expect(example?.request.entities[0]?.attrs['tenant']).not.to.equal('acme');
      expect(example?.by.map(({ site }) => site.file)).to.satisfy((files: string[]) =>
        files.every((file) => file.startsWith('tenants/')),
      );
      expect(verdictOf([found!])).to.equal(11);
      expect(isolationText([found!])).to.match(
        /principal\.tenant is acme: not so\n {4}action: .*\n {4}principal: /,
      );
    });

    it('says of a kind without a tenant claim why it is not asked, and what holds instead', async () => {
      const model = loadModel(project.root);
      const { tenants } = await loadTenants({ root: project.root, model, types: false });
      const globex = tenants.filter(({ slug }) => slug === 'globex');
      const shop = globex.map((tenant) => ({
        ...tenant,
        kind: 'customerApp' as const,
        dataTenants: ['acme', 'globex'],
      }));
      const types = Object.entries(model.principalTypes).map(([name, type]) => [
        name,
        { ...type, kinds: ['customerApp'] },
      ]);
      const forShops = { ...model, principalTypes: Object.fromEntries(types) };
      const [found] = await proveTenants(forShops, shop, proving());
      expect(found?.notApplicable).to.equal(
        'a customerApp has no tenant claim: the registry says whose its principals are, and `dataTenants` that they reach the rows of acme, globex',
      );
      expect(found?.proofs.map(({ claim }) => claim)).to.include('resource.tenant is acme or globex');
    });
  });

  it('of plain Cedar, one tenant or that both sides have the same', async () => {
    const set = setOf(GUARDED, TENANTS);
    const named = await proveSet(set, 'acme', proving());
    expect(named.proofs.map(({ claim, certainty, kinds }) => [claim, certainty, kinds])).to.deep.equal([
      ['principal.tenant is acme', { kind: 'proved', by: 'solver' }, 3],
      ['resource.tenant is acme', { kind: 'proved', by: 'solver' }, 2],
    ]);
    expect(named.leftOut).to.deep.equal(['User on Lamp']);
    expect(verdictOf([named])).to.equal(0);
    const same = await proveSet(set, undefined, proving());
    expect(same.proofs[0]).to.have.nested.property('certainty.kind', 'proved');
    const without = setOf(GUARDED.split('\n').toSpliced(4, 1).join('\n'), TENANTS);
    const broken = await proveSet(without, undefined, proving());
    expect(broken.proofs[0]).to.have.nested.property('counterexample.environment.resource', 'Note');
    expect(JSON.stringify(isolationJson([broken], 'a solver'))).to.include('"verdict":"counterexample"');
  });

  it('proves nothing where nothing has a tenant', async () => {
    const set = setOf(
      'permit(principal, action, resource);',
      'entity U; action go appliesTo { principal: U, resource: U };',
    );
    const found = await proveSet(set, undefined, proving());
    expect(found.notApplicable).to.match(/^no kind of request is between types that say whose they are/);
    expect(found.proofs).to.deep.equal([]);
    expect(verdictOf([found])).to.equal(12);
  });

  it('takes an entity for a tenant where both sides do', async () => {
    const set = setOf(
      'permit(principal, action, resource) when { principal.tenant == resource.tenant };',
      `entity Company; entity U { tenant: Company }; entity D { tenant: Company };
      action go, see appliesTo { principal: U, resource: D };`,
    );
    const found = await proveSet(set, undefined, proving());
    expect(found.proofs.map(({ kinds, certainty }) => [kinds, certainty.kind])).to.deep.equal([
      [2, 'proved'],
    ]);
    const open = setOf(
      'permit(principal, action, resource);',
      'entity C; entity U { tenant: C }; entity D { tenant: String }; action go appliesTo { principal: U, resource: [D, U] };',
    );
    const broken = await proveSet(open, undefined, proving());
    expect(broken.proofs[0]).to.have.nested.property('certainty.kind', 'counterexample');
    expect(broken.leftOut).to.deep.equal(['U on D']);
  });

  it('is not sure of it where nobody can prove it', async () => {
    const sampled = await proveSet(setOf(GUARDED, TENANTS), 'acme', { ...proving(), oracle: asking() });
    expect(verdictOf([sampled])).to.equal(12);
    expect(isolationText([sampled])).to.match(/principal\.tenant is acme: sampled in \d+/);
  });
}
