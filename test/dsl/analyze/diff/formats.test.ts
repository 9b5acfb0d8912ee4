import { expect } from 'chai';
import type { Compared } from '../../../../dsl/analyze/diff/compared.ts';
import { diffJson } from '../../../../dsl/analyze/diff/json.ts';
import { diffMarkdown } from '../../../../dsl/analyze/diff/markdown.ts';
import type { Half, Row, SetDiff } from '../../../../dsl/analyze/diff/row.ts';
import { diffSarif } from '../../../../dsl/analyze/diff/sarif.ts';
import { diffText } from '../../../../dsl/analyze/diff/text.ts';
import { unchanged } from '../../../../dsl/analyze/diff/tenants.ts';
import { SCHEMA } from '../fixture.ts';
import { diffOf } from './versions.ts';

const version = (policies: string) => ({ policies, schema: SCHEMA });
const compared = (...diffs: readonly SetDiff[]): Compared => ({
  before: 'HEAD~1',
  after: 'working tree',
  diffs,
  live: [],
});

describe('a diff as it is shown', () => {
  let opened: SetDiff;
  let narrowed: SetDiff;
  before(async () => {
    const some = version('@id("some") permit(principal in Group::"a", action == Action::"read", resource);');
    const all = version('\n@id("some") permit(principal, action == Action::"read", resource);');
    opened = await diffOf(some, all);
    narrowed = await diffOf(all, some);
  });

  it('fits a terminal of 80 columns, and says who can do what and by which lines', () => {
    const text = diffText(compared(opened, unchanged('globex')));
    expect(text.split('\n').filter((line) => line.length > 80)).to.deep.equal([]);
    expect(text).to.equal(`docs.cedar
  read by User on Doc: more permissive
    + newly allowed, for example
        principal  User "somebody" { age: 0 }
        resource   Doc "something" { labels: [], open: false, owner: User
                     "other", readers: [] }
        context    { mfa: false }
        before     denied: no policy allows it
                   some (docs.cedar:1:13) does not apply
        now        allowed by some (docs.cedar:2:13)

1 kind of request newly allowed, 0 newly denied, 1 tenant unchanged`);
  });

  it('shows what opens also where the rest is unknown', () => {
    const rows = opened.rows.map((row): Row => ({
      ...row,
      verdict: 'unknown',
      narrowed: { certainty: { kind: 'sampled', requests: 7 } },
    }));
    const text = diffText(compared({ ...opened, rows }));
    expect(text).to.include('read by User on Doc: something opens; the rest is unknown');
    expect(text).to.include('? newly denied: no counterexample in 7 requests');
    expect(text).to.include('write by User on Doc: unknown');
  });

  it('has a row for each kind of request, for tools', () => {
    const json: unknown = JSON.parse(diffJson(compared(narrowed, unchanged('globex'))));
    expect(json).to.deep.include({ verdict: 'narrower', unchanged: ['globex'], before: 'HEAD~1' });
    expect(json).to.have.nested.property('rows[0].verdict', 'less permissive');
    expect(json)
      .to.have.nested.property('rows[0].newlyAllowed')
      .that.deep.equals({ found: false, sure: 'proved' });
    expect(json).to.have.nested.property(
      'rows[0].newlyDenied.counterexample.request.principal.id',
      'somebody',
    );
    expect(json).to.have.nested.property('rows[1].verdict', 'equivalent');
  });

  it('is a comment with a table and the requests behind it', () => {
    const markdown = diffMarkdown(compared(opened));
    expect(markdown).to.match(/^### Something opens/);
    expect(markdown).to.include('| `read by User on Doc` | **newly allowed** | proved |');
    expect(markdown).to.include('now        allowed by some (docs.cedar:2:13)');
  });

  it('is text in a comment, whatever policies are called and values are', () => {
    const [row] = opened.rows;
    const evil = '`|\n</details><img src=x> @everyone ``` [x](http://x)';
    const { example } = row!.opened;
    const request = { ...example!.request, principal: { type: 'User', id: evil } };
    const because = { kind: 'unknown', because: `${evil} is <b>not</b> known` } as const;
    const half: Half = { certainty: { kind: 'counterexample' }, example: { ...example!, request } };
    const markdown = diffMarkdown(
      compared({ ...opened, set: evil, rows: [{ ...row!, opened: half, narrowed: { certainty: because } }] }),
    );
    const outsideCode = markdown
      .replaceAll(/^(`{3,})text\n.*?\n\1$/gms, '')
      .replaceAll(/(`+)(?!`).+?(?<!`)\1(?!`)/gs, '');
    expect(outsideCode).not.to.match(/(?<!\\)(<img|<b|@everyone|\]\()/);
    expect(markdown.match(/<details>/g)).to.have.length(1);
    expect(outsideCode.match(/<\/details>/g)).to.have.length(1);
  });

  it('stays below what a comment may have, and says how much is left out', () => {
    const rows: Row[] = Array.from({ length: 400 }, () => opened.rows[0]!);
    const markdown = diffMarkdown(
      compared(...Array.from({ length: 3 }, (_, n) => ({ ...opened, set: `s${n}`, rows }))),
    );
    expect(markdown.length).to.be.lessThan(65_536);
    expect(markdown).to.match(/_\d+ more do not fit here/);
  });

  it('is SARIF on the lines of the version of now', () => {
    const { version: sarif, runs } = JSON.parse(
      diffSarif(compared(opened, narrowed), () => 'tenants/acme.ts'),
    );
    expect(sarif).to.equal('2.1.0');
    const [run] = runs;
    const results = run.results.map(
      ({ ruleId, ruleIndex, level, locations: [{ physicalLocation: at }] }: SarifResult) => [
        ruleId,
        level,
        run.tool.driver.rules[ruleIndex].id,
        at.artifactLocation.uri,
        at.region.startLine,
      ],
    );
    expect(results).to.deep.equal([
      ['NEWLY_ALLOWED', 'error', 'NEWLY_ALLOWED', 'docs.cedar', 2],
      ['NEWLY_DENIED', 'warning', 'NEWLY_DENIED', 'docs.cedar', 1],
    ]);
  });
});

interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly locations: readonly [
    {
      readonly physicalLocation: {
        readonly artifactLocation: { readonly uri: string };
        readonly region: { readonly startLine: number };
      };
    },
  ];
}
