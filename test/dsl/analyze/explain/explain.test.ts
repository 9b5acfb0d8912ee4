import { expect } from 'chai';
import { explainer, type Explanation } from '../../../../dsl/analyze/explain/explanation.ts';
import { type PlainRequest, plainRequest } from '../../../../dsl/analyze/explain/plain-request.ts';
import { rulesOfSet } from '../../../../dsl/analyze/explain/rules-of-set.ts';
import { sourceTexts } from '../../../../dsl/analyze/explain/source-text.ts';
import { explanationText } from '../../../../dsl/analyze/explain/text.ts';
import { setOf } from '../fixture.ts';

const set = setOf(`
@id("owners") permit(principal, action, resource)
  when { resource.owner == principal && principal.age > 17 } unless { resource.labels.contains("secret") };
@id("readers") permit(principal in Group::"r", action == Action::"read", resource);
@id("writers") permit(principal, action == Action::"write", resource) when { principal has nick && principal.nick like "w*" };
@id("no-mfa") forbid(principal, action, resource) unless { context.mfa };
@id("overflow") forbid(principal, action == Action::"write", resource) when { principal.age + 1 == 0 };
`);
const explain = explainer(
  { name: 'test', rules: rulesOfSet(set), prefix: '', source: () => undefined },
  'enforced',
);

const user = (attrs: object, parents: object[] = []) => ({ uid: { type: 'User', id: 'al' }, attrs, parents });
const doc = (attrs: object) => ({
  uid: { type: 'Doc', id: '1' },
  attrs: { open: false, labels: [], readers: [], owner: { type: 'User', id: 'al' }, ...attrs },
  parents: [],
});
const given = (more: Partial<PlainRequest> = {}): PlainRequest => ({
  principal: 'User::"al"',
  action: 'Action::"read"',
  resource: 'Doc::"1"',
  context: { mfa: true },
  entities: [user({ age: 20 }), doc({})],
  ...more,
});
const explained = (more: Partial<PlainRequest> = {}): Explanation =>
  explain(plainRequest(given(more), set.schema));
const messageOf = (work: () => unknown): string => {
  try {
    work();
    return 'no error';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
};

describe('explaining a decision', () => {
  it('names the policies that allowed, and the forbids that did not hold', () => {
    const { decision, deciding, nearly } = explained();
    expect(decision).to.equal('allow');
    expect(deciding).to.deep.equal([
      { policy: 'owners', effect: 'permit', site: { file: 'docs.cedar', line: 2, column: 15 } },
    ]);
    expect(nearly.map(({ policy, kept, outcome }) => [policy, kept, outcome])).to.deep.equal([
      ['no-mfa', 'unless', 'true'],
    ]);
  });

  it('says of a deny which condition failed first, and what it saw', () => {
    const { decision, nearly } = explained({ entities: [user({ age: 12 }), doc({})] });
    expect(decision).to.equal('deny');
    expect(nearly[0]).to.deep.include({
      policy: 'owners',
      kept: 'when',
      condition: 'principal.age > 17',
      outcome: 'false',
      values: [{ path: 'principal.age', value: '12' }],
    });
    expect(nearly[0]?.at.line).to.equal(3);
    expect(nearly[1]).to.deep.include({
      policy: 'readers',
      kept: 'scope',
      condition: 'it is for what is in Group "r"',
    });
  });

  it('says when an "unless" kept a permit from it, and what is absent', () => {
    const secret = explained({ entities: [user({ age: 20 }), doc({ labels: ['secret'] })] });
    expect(secret.nearly[0]).to.deep.include({
      kept: 'unless',
      values: [{ path: 'resource.labels', value: '["secret"]' }],
    });
    const nameless = explained({ action: 'Action::"write"', entities: [user({ age: 1 }), doc({})] });
    expect(nameless.nearly.find(({ policy }) => policy === 'writers')?.values).to.deep.equal([
      { path: 'principal.nick', value: 'absent' },
    ]);
  });

  it('lets a forbid speak for itself', () => {
    const { decision, deciding, nearly } = explained({ context: { mfa: false } });
    expect([decision, deciding.map(({ policy }) => policy), nearly]).to.deep.equal(['deny', ['no-mfa'], []]);
  });

  it('denies where a policy errs, and says which', () => {
    const big = {
      action: 'Action::"write"',
      entities: [
        user({
          age: {
            __extn: {
              fn: 'toMilliseconds',
              args: [{ __extn: { fn: 'duration', arg: '9223372036854775807ms' } }],
            },
          },
        }),
        doc({}),
      ],
    };
    const { decision, deciding, erring } = explained(big);
    expect([decision, deciding]).to.deep.equal(['deny', []]);
    expect(erring.map(({ policy }) => policy)).to.deep.equal(['overflow']);
    const cedar = explainer(
      { name: 'cedar', rules: rulesOfSet(set), prefix: '', source: () => undefined },
      'cedar',
    );
    expect(cedar(plainRequest(given(big), set.schema)).decision).to.equal('allow');
  });

  it('is readable on a terminal', () => {
    expect(
      explanationText(explained({ entities: [user({ age: 12 }, [{ type: 'Group', id: 'x' }]), doc({})] })),
    ).to.equal(
      `principal  User "al" in Group "x" { age: 12 }
action     read
resource   Doc "1" { open: false, labels: [], readers: [], owner: User "al" }
context    { mfa: true }
decision   deny: no policy allows it
nearly     owners (docs.cedar:2:15)
             this is false (docs.cedar:3:41):
               principal.age > 17
               principal.age is 12
           readers (docs.cedar:4:16)
             it is for what is in Group "r"`,
    );
  });

  it('takes requests as the Cedar command line does, and no others', () => {
    const ip = { context: { mfa: true, ip: '10.0.0.1' } };
    expect(plainRequest(given(ip), set.schema).context).to.deep.equal({
      mfa: true,
      ip: { __extn: { fn: 'ip', arg: '10.0.0.1' } },
    });
    const refused: [Partial<PlainRequest>, RegExp][] = [
      [{ principal: 'alice' }, /--principal names no entity/],
      [{ action: 'Action::"fly"' }, /no action Action::"fly"/],
      [{ context: {} }, /no such request can be: .*mfa/],
      [{ context: { mfa: 'yes' } }, /no such request can be/],
      [{ entities: [user({ age: 'old' })] }, /no such request can be/],
      [{ entities: {} }, /no list of entities/],
    ];
    for (const [more, message] of refused)
      expect(messageOf(() => plainRequest(given(more), set.schema))).to.match(message);
  });

  it('finds the words of the builder source by their place', () => {
    const text = `permit().when(({ principal, resource }) =>
  principal.role
    .eq('A')
    .and(resource.open),
)`;
    const source = sourceTexts((file) => (file === 'tenants/a.ts' ? text : undefined));
    const at = (line: number, column: number, file = 'tenants/a.ts') => source({ file, line, column });
    expect(at(3, 6)).to.equal("principal.role.eq('A')");
    expect(at(2, 13)).to.equal('principal.role');
    expect(at(4, 19)).to.equal('resource.open');
    expect(at(1, 1)).to.equal(undefined);
    expect(at(3, 6, 'elsewhere.ts')).to.equal(undefined);
  });
});
