import { expect } from 'chai';
import type { Matrix } from '../../../../dsl/analyze/matrix/cell.ts';
import { compareMatrices, moveText } from '../../../../dsl/analyze/matrix/compare.ts';
import { matrixText, readMatrix, writtenMatrix } from '../../../../dsl/analyze/matrix/file.ts';
import { matrixHtml } from '../../../../dsl/analyze/matrix/html.ts';
import { matrixOf } from '../../../../dsl/analyze/matrix/matrix.ts';
import { matrixTable } from '../../../../dsl/analyze/matrix/table.ts';
import type { PolicySet } from '../../../../dsl/analyze/policy-set.ts';
import { oracle, setOf } from '../fixture.ts';

const matrixFor = (...sets: PolicySet[]): Promise<Matrix> =>
  matrixOf(sets, { oracle, semantics: 'enforced', progress: () => {} });

const POLICIES = `
@id("readers") permit(principal in Group::"r", action == Action::"read", resource);
@id("own") permit(principal, action, resource) when { resource.owner == principal };
@id("both") permit(principal in Group::"r", action == Action::"write", resource) when { principal in Group::"w" };
@id("g") forbid(principal, action, resource) unless { context.mfa };
`;
/** The last is a guardrail. */
function withGuardrail(text = POLICIES): PolicySet {
  const set = setOf(text);
  return { ...set, policies: set.policies.map((policy) => ({ ...policy, guardrail: policy.id === 'g' })) };
}

describe('the access matrix', () => {
  let matrix: Matrix;
  before(async () => {
    matrix = await matrixFor(withGuardrail());
  });
  const verdicts = (action: string): Record<string, string> =>
    Object.fromEntries(
      matrix.cells
        .filter((cell) => cell.action === action)
        .map(({ groups, verdict }) => [groups.join('+'), verdict]),
    );

  it('has a row for no group, each group, and each combination that one policy names', () => {
    expect(verdicts('read')).to.deep.equal({
      '': 'on conditions',
      r: 'always',
      'r+w': 'always',
      w: 'on conditions',
    });
    expect(verdicts('write')).to.deep.equal({
      '': 'on conditions',
      r: 'on conditions',
      'r+w': 'always',
      w: 'on conditions',
    });
  });

  it('says on what conditions, by which policies, and leaves guardrails to a list', () => {
    const cell = matrix.cells.find(({ action, groups }) => action === 'write' && groups.join() === 'r');
    expect(cell?.conditions).to.deep.equal([
      'permit own: when resource.owner == principal',
      'permit both: when principal in Group::"w"',
    ]);
    expect(cell?.policies).to.deep.equal(['own', 'both']);
    expect(matrix.guardrails).to.deep.equal([{ id: 'g', sets: ['docs.cedar'], text: 'unless context.mfa' }]);
  });

  it('is sure of what scopes decide and of what requests have shown, and else says how far it went', async () => {
    const sure = new Set(matrix.cells.map(({ verdict, certainty }) => `${verdict}: ${certainty.kind}`));
    // That "both" always holds in both groups is a condition's doing, and a condition is only tried.
    expect([...sure].sort()).to.deep.equal([
      'always: proved',
      'always: sampled',
      'on conditions: counterexample',
    ]);
    const never = await matrixFor(
      setOf('permit(principal, action, resource) when { 1 == 2 && context.mfa };'),
    );
    expect(
      new Set(never.cells.map(({ verdict, certainty }) => `${verdict}: ${certainty.kind}`)),
    ).to.deep.equal(new Set(['never: sampled']));
  });

  it('shows what moved since it was written, and nothing when nothing did', async () => {
    const text = matrixText(writtenMatrix(matrix));
    const committed = readMatrix(text)!;
    expect(compareMatrices(committed, writtenMatrix(matrix))).to.deep.equal([]);
    expect(matrixText(writtenMatrix(await matrixFor(withGuardrail())))).to.equal(text);
    const wider = await matrixFor(
      withGuardrail(
        POLICIES.replace(
          'principal in Group::"r", action == Action::"read"',
          'principal, action == Action::"read"',
        ),
      ),
    );
    const moves = compareMatrices(committed, writtenMatrix(wider));
    expect(moves.map((move) => [moveText(move), move.opens])).to.deep.equal([
      ['docs.cedar [w] read (Doc): on conditions -> always', true],
      ['docs.cedar [] read (Doc): on conditions -> always', true],
    ]);
  });

  it('moves with a guardrail that is gone, and with answers that are less sure', () => {
    const now = writtenMatrix(matrix);
    const [first, ...rest] = now.cells;
    const unsure = { ...now, guardrails: [], cells: [{ ...first!, sure: 'sampled in 3' }, ...rest] };
    const [gone, less, ...others] = compareMatrices(now, unsure);
    expect(gone).to.deep.include({ opens: true, what: 'gone: g (docs.cedar): unless context.mfa' });
    expect(less?.what).to.match(/^less sure: .* -> sampled in 3$/);
    expect(others).to.deep.equal([]);
    expect(compareMatrices(unsure, now).map(({ what }) => what)).to.deep.equal([
      'new: g (docs.cedar): unless context.mfa',
    ]);
  });

  it('has one line a cell in its file, sorted, and reads nothing else', () => {
    const lines = matrixText(writtenMatrix(matrix))
      .split('\n')
      .filter((line) => line.includes('"set"'));
    expect(lines).to.have.length(8);
    expect(lines.toSorted()).to.deep.equal(lines);
    for (const text of ['', '{}', '[]', '{"solver":"none","guardrails":[],"cells":[{}]}']) {
      expect(readMatrix(text), text).to.equal(undefined);
    }
  });

  it('fits a terminal of 80 columns', async () => {
    const long = setOf(`
      @id("a-policy-with-a-name-that-goes-on-and-on-and-on") permit(principal in Group::"${'LONG_'.repeat(12)}", action, resource)
      when { resource.labels.containsAny(["one", "two", "three", "four", "five", "six", "seven", "eight"]) };`);
    const table = matrixTable(await matrixFor({ ...long, name: 'long.cedar' }, withGuardrail()));
    expect(table.split('\n').filter((line) => line.length > 80)).to.deep.equal([]);
    expect(table).to.include('a in no group   b r   c w   d r+w');
    expect(table).to.match(/^ {2}read +1 {2}✓ {2}1 {2}✓$/m);
  });

  it('is one page that loads nothing, and that no policy can break out of', async () => {
    const hostile = setOf(
      '@id("x") permit(principal, action, resource) when { resource.labels.contains("</script><img src=x>") };',
    );
    const html = matrixHtml(await matrixFor(hostile));
    expect(html).to.not.include('<img');
    expect(html.match(/<\/script>/g)).to.have.length(2);
    expect(html).to.not.match(/<[^>]*(src|href)=/);
    expect(html).to.include("default-src 'none'");
    const [, json = ''] = /<script type="application\/json" id="data">(.*)<\/script>/.exec(html) ?? [];
    const data: { cells: unknown[]; policies: { text: string }[] } = JSON.parse(json);
    expect(data.cells).to.have.length(2);
    expect(data.policies[0]?.text).to.include('</script><img src=x>');
  });
});
