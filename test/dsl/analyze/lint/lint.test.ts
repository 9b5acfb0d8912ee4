import { expect } from 'chai';
import { type Finding, findingText } from '../../../../dsl/analyze/lint/finding.ts';
import { lint } from '../../../../dsl/analyze/lint/lint.ts';
import { publicFindings } from '../../../../dsl/analyze/lint/public.ts';
import type { PolicySet } from '../../../../dsl/analyze/policy-set.ts';
import { model } from '../../testing/model.ts';
import { oracle, setOf } from '../fixture.ts';

const findingsIn = (set: PolicySet): Promise<Finding[]> =>
  lint(set, { oracle, semantics: 'enforced', progress: () => {} });

/** Codes of what is found of policies and groups, with the policy. */
async function found(text: string): Promise<string[]> {
  const findings = await findingsIn(setOf(text));
  return findings.filter(({ action }) => action === undefined).map(({ code, policy }) => `${code} ${policy}`);
}

const ALL = '(principal, action, resource)';

describe('lint', () => {
  it('has nothing to say of policies that each do something', async () => {
    const text = `
      @id("readers") permit(principal in Group::"r", action == Action::"read", resource) when { resource.open };
      @id("owners") permit${ALL} when { resource.owner == principal } unless { principal.age < 18 };
      @id("mfa") forbid(principal, action == Action::"write", resource) unless { context.mfa };`;
    expect(await found(text)).to.deep.equal([]);
  });

  it('finds policies that never apply', async () => {
    const text = `@id("never") permit${ALL} when { principal.age > 3 && principal.age < 2 };`;
    expect(await found(text)).to.deep.equal(['NEVER_APPLIES never']);
  });

  it('finds conditions that always hold', async () => {
    const text = `@id("always") permit${ALL} when { principal.age <= 9223372036854775807 };`;
    expect(await found(text)).to.deep.equal(['ALWAYS_APPLIES always']);
  });

  it('finds shadowed permits, says by which, and is sure where no condition decides', async () => {
    const set = setOf(`
      @id("all") permit(principal, action in Action::"any", resource);
      @id("some") permit(principal in Group::"a", action == Action::"read", resource);`);
    const finding = (await findingsIn(set)).find(({ policy }) => policy !== undefined);
    expect(finding).to.include({ code: 'SHADOWED_PERMIT', policy: 'some', severity: 'warning' });
    expect(finding?.message).to.equal('"some" is shadowed: "all" allows all that it permits');
    expect(findingText(finding!)).to.equal(
      'docs.cedar:3:19 [SHADOWED_PERMIT] docs.cedar: "some" is shadowed: "all" allows all that it permits — remove it (proved)',
    );
  });

  it('calls what was only tried a note', async () => {
    const set = setOf(`
      @id("open") permit${ALL} when { resource.open };
      @id("both") permit${ALL} when { resource.open && context.mfa };`);
    const [finding] = await findingsIn(set);
    expect(finding).to.include({ code: 'SHADOWED_PERMIT', policy: 'both', severity: 'note' });
    expect(finding?.certainty.kind).to.equal('sampled');
  });

  it('does not call a permit idle that denies where it errs', async () => {
    const text = `@id("all") permit${ALL}; @id("errs") permit${ALL} when { principal.age + 1 > principal.age };`;
    const findings = await findingsIn(setOf(text));
    const finding = findings.find(({ policy }) => policy === 'errs');
    expect(finding?.code).to.equal('SHADOWED_PERMIT');
    expect(finding?.message).to.include('but where it errs, it denies');
  });

  it('finds permits that a forbid takes back, and forbids that are never reached', async () => {
    const taken = `@id("p") permit(principal in Group::"a", action, resource); @id("f") forbid${ALL};`;
    expect(await found(taken)).to.deep.equal(['OVERRIDDEN_PERMIT p']);
    const idle = `@id("p") permit(principal, action == Action::"read", resource);
      @id("f") forbid(principal, action == Action::"write", resource);`;
    expect(await found(idle)).to.deep.equal(['FORBID_NEVER_REACHED f']);
  });

  it('finds clauses and conditions that change nothing, but none that another one needs', async () => {
    const clause = `@id("p") permit${ALL} when { principal.age > 20 } unless { principal.age < 10 };`;
    expect(await found(clause)).to.deep.equal(['CLAUSE_CHANGES_NOTHING p']);
    const needed = `@id("p") permit${ALL} when { principal has nick && principal.nick == "n" };`;
    expect(await found(needed)).to.deep.equal([]);
    const idle = await findingsIn(
      setOf(`@id("p") permit${ALL} when { context.mfa && principal.age > 20 && principal.age > 10 };`),
    );
    expect(idle.map(({ message }) => message)).to.include('in "p", "principal.age > 10" changes nothing');
  });

  it('finds groups that no policy names, and operations that nobody or everybody can call', async () => {
    const set = setOf('@id("p") permit(principal, action == Action::"read", resource);');
    const group = (id: string) => ({ type: 'Group', id: `docs.cedar|${id}` });
    const findings = await findingsIn({ ...set, ownGroups: [group('IDLE')] });
    expect(findings.map(({ code, action, message }) => [code, action, message])).to.deep.equal([
      ['EVERYBODY_CAN', 'read', 'everybody can read, whatever the request'],
      ['UNUSED_GROUP', undefined, 'no policy names the group IDLE'],
      ['NOBODY_CAN', 'write', 'nobody can write'],
    ]);
  });

  it('leaves guardrails alone, which are for all tenants', async () => {
    const set = setOf(
      `@id("p") permit${ALL} when { context.mfa }; @id("g") forbid${ALL} when { principal.age > 3 && principal.age < 2 };`,
    );
    const policies = set.policies.map((policy) => ({ ...policy, guardrail: policy.id === 'g' }));
    expect((await findingsIn({ ...set, policies })).filter(({ policy }) => policy === 'g')).to.deep.equal([]);
  });

  it('tells of operations without an authorizer', () => {
    const open = { ...model, publicRoutes: [{ method: 'GET', path: '/health' }] };
    const [finding] = publicFindings(open, 'api.yaml');
    expect(finding).to.include({ code: 'PUBLIC_OPERATION', severity: 'note', action: 'GET /health' });
  });
});
