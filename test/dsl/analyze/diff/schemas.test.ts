import { expect } from 'chai';
import { VERDICT, verdictOf } from '../../../../dsl/analyze/diff/row.ts';
import { SCHEMA as DOCS } from '../fixture.ts';
import { diffOf, examplesOf, verdicts } from './versions.ts';

const ALL = '@id("all") permit(principal, action, resource);';
const change = (from: string, to: string): string => {
  if (!DOCS.includes(from)) throw new Error(`the schema has no ${from}`);
  return DOCS.replace(from, to);
};
const version = (policies: string, schema = DOCS) => ({ policies, schema });

describe('the diff of versions with schemas of their own', () => {
  it('lists actions and types of one side, which are denied on the other', async () => {
    const more = `${change('action read, write', 'action read, write, purge')} entity Shelf;`;
    const diff = await diffOf(version(ALL), version(ALL, more));
    expect(diff.added).to.deep.equal({ actions: ['purge'], types: ['Shelf'] });
    expect(verdicts(diff)).to.deep.equal(['purge: more permissive', 'read: equivalent', 'write: equivalent']);
    const [example] = examplesOf(diff.rows, 'opened');
    expect(example?.before).to.deep.equal({ decision: 'deny', knows: false, policies: [] });
    const back = await diffOf(version(ALL, more), version(ALL));
    expect(back.removed).to.deep.equal({ actions: ['purge'], types: ['Shelf'] });
    expect(verdicts(back)).to.deep.equal(['purge: less permissive', 'read: equivalent', 'write: equivalent']);
    expect(verdictOf([back])).to.equal(VERDICT.narrower);
  });

  it('counts an action that nobody was allowed before and nobody is after as no change', async () => {
    const more = change('action read, write', 'action read, write, purge');
    const read = 'permit(principal, action == Action::"read", resource);';
    expect(verdictOf([await diffOf(version(read), version(read, more))])).to.equal(VERDICT.equal);
  });

  it('takes a set that is new or gone for one that denied or denies all', async () => {
    const added = await diffOf(undefined, version(ALL));
    expect([added.state, ...verdicts(added)]).to.deep.equal([
      'added',
      'read: more permissive',
      'write: more permissive',
    ]);
    const removed = await diffOf(version(ALL), undefined);
    expect([removed.state, ...verdicts(removed)]).to.deep.equal([
      'removed',
      'read: less permissive',
      'write: less permissive',
    ]);
  });

  it('sees that an action has moved to another group, though no policy was touched', async () => {
    const looks = 'permit(principal, action in Action::"look", resource);';
    const actions = (readIn: string, writeIn: string): string =>
      change('action any;', 'action any, look;').replace(
        /action read, write in \[any\] (appliesTo .*);/,
        (_all, applies: string) =>
          `action read in [${readIn}] ${applies}; action write in [${writeIn}] ${applies};`,
      );
    const before = actions('any, look', 'any');
    const after = actions('any, look', 'any, look');
    const diff = await diffOf(version(looks, before), version(looks, after));
    expect(verdicts(diff)).to.deep.equal(['read: equivalent', 'write: more permissive']);
    const [example] = examplesOf(diff.rows, 'opened');
    expect(example?.before.policies.map(({ part }) => part)).to.deep.equal(['does not apply']);
  });

  it('is sure of attributes that only one version has, where the other does not ask for them', async () => {
    const more = change('age: Long,', 'age: Long, boss: Bool,');
    const diff = await diffOf(
      version('permit(principal, action, resource);'),
      version('permit(principal, action, resource) when { principal.boss };', more),
    );
    expect(verdicts(diff)).to.deep.equal(['read: less permissive', 'write: less permissive']);
    const [example] = examplesOf(diff.rows, 'narrowed');
    const user = example?.request.entities.find(({ uid }) => uid.type === 'User');
    expect(user?.attrs).to.deep.equal({ age: 0, boss: false });
    const gone = await diffOf(version(ALL, more), version(ALL));
    expect(verdicts(gone)).to.deep.equal(['read: equivalent', 'write: equivalent']);
  });

  it('says that it does not know where an attribute is read that is declared otherwise', async () => {
    const text = change('age: Long', 'age: String');
    const diff = await diffOf(
      version('permit(principal, action, resource) when { principal.age == 7 };'),
      version('permit(principal, action, resource) when { principal.age == "7" };', text),
    );
    const [row] = diff.rows;
    expect(row?.verdict).to.equal('unknown');
    expect(row?.narrowed.certainty).to.deep.equal({
      kind: 'unknown',
      because: '"age" is declared otherwise in the two schemas, and a policy reads it',
    });
    expect(verdictOf([diff])).to.equal(VERDICT.unsure);
  });

  it('says that it does not know where a policy asks for what only the other schema has', async () => {
    const more = change('age: Long,', 'age: Long, boss?: Bool,');
    const asks = 'permit(principal, action, resource) unless { principal has boss };';
    const diff = await diffOf(version(asks), version(`${asks} `, more));
    expect(diff.rows[0]?.opened.certainty).to.deep.equal({
      kind: 'unknown',
      because: 'only one schema has "boss", and a policy of the other asks for it',
    });
  });
});
