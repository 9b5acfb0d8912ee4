import { expect } from 'chai';
import * as fc from 'fast-check';
import { preparePolicySet } from '../../../../cedar/policy-set.ts';
import { type AuthorizationRequest, enforced } from '../../../../cedar/engine.ts';
import { asking } from '../../../../dsl/analyze/ask.ts';
import type { Counterexample, Row } from '../../../../dsl/analyze/diff/row.ts';
import { VERDICT, verdictOf } from '../../../../dsl/analyze/diff/row.ts';
import { openSolver, type Solver } from '../../../../dsl/analyze/solver/solver.ts';
import type { Oracle } from '../../../../dsl/analyze/verdict.ts';
import { SCHEMA as DOCS } from '../fixture.ts';
import { MISTAKES, REST, SCHEMA } from './mistakes.ts';
import { diffOf, examplesOf, type Version, verdicts } from './versions.ts';

const docs = (policies: string): Version => ({ policies, schema: DOCS });

/** What the engine makes of a request, asked with the whole text and the schema: it refuses what cannot be. */
function decides({ policies, schema }: Version): (of: Pick<Counterexample, 'request'>) => 'allow' | 'deny' {
  const texts = policies.split(';').filter((text) => text.trim() !== '');
  const engine = preparePolicySet(
    {
      staticPolicies: Object.fromEntries(texts.map((text, index) => [`p${index}`, `${text};`])),
      templates: {},
      templateLinks: [],
    },
    schema,
  );
  return ({ request }) => enforced(engine.authorize(request));
}

describe('the diff of two versions', () => {
  let solver: Solver | undefined;
  let oracle: Oracle;
  before(async () => {
    solver = await openSolver();
    oracle = asking(solver);
  });
  after(() => solver?.close());

  describe('finds what a reviewer may overlook, with a request that shows it:', () => {
    for (const { what, before, after, comes, rest = [REST, REST] } of MISTAKES) {
      it(what, async () => {
        const old = { policies: before + rest[0], schema: SCHEMA };
        const fresh = { policies: after + rest[1], schema: SCHEMA };
        const { rows } = await diffOf(old, fresh, { oracle });
        const [opened, narrowed] = [examplesOf(rows, 'opened'), examplesOf(rows, 'narrowed')];
        expect([opened.length > 0, narrowed.length > 0]).to.deep.equal([
          comes !== 'narrowed',
          comes !== 'opened',
        ]);
        const [was, is] = [decides(old), decides(fresh)];
        expect(opened.map((each) => [was(each), is(each)])).to.deep.equal(
          opened.map(() => ['deny', 'allow']),
        );
        expect(narrowed.map((each) => [was(each), is(each)])).to.deep.equal(
          narrowed.map(() => ['allow', 'deny']),
        );
        const changed = rest[0] === rest[1] ? 'x' : 'own tenant';
        for (const { before: then, after: now } of [...opened, ...narrowed]) {
          expect([...then.policies, ...now.policies].map(({ id }) => id)).to.include(changed);
        }
        expect(rows.map(({ verdict }) => verdict)).not.to.include('unknown');
      });
    }
  });

  it('is empty for a version and itself, and nobody is asked', async () => {
    const silent: Oracle = { find: () => Promise.reject(new Error('asked')) };
    for (const { before, rest = [REST] } of MISTAKES.slice(0, 3)) {
      const version = { policies: before + rest[0], schema: SCHEMA };
      const diff = await diffOf(version, version, { oracle: silent });
      expect(new Set(diff.rows.map(({ verdict }) => verdict))).to.deep.equal(new Set(['equivalent']));
      expect(verdictOf([diff])).to.equal(VERDICT.equal);
    }
  });

  it('says nothing that a small world contradicts, and the other way round the mirror of it', async () => {
    const mirrored: Partial<Record<string, Row['verdict']>> = {
      'more permissive': 'less permissive',
      'less permissive': 'more permissive',
    };
    await fc.assert(
      fc.asyncProperty(fc.tuple(somePolicies, somePolicies), async ([one, other]) => {
        const there = await diffOf(docs(one), docs(other), { oracle });
        const back = await diffOf(docs(other), docs(one), { oracle });
        for (const { environment, verdict } of there.rows) {
          const seen = changes(docs(one), docs(other), environment.action.uid.id);
          expect(POSSIBLE[verdict], `${verdict}, of ${one} and ${other}`).to.include.members([...seen]);
        }
        expect(back.rows.map(({ verdict }) => verdict)).to.deep.equal(
          there.rows.map(({ verdict }) => mirrored[verdict] ?? verdict),
        );
      }),
      { numRuns: 4 },
    );
  });

  it('names the policies that decide in each version, and those that do not any more', async () => {
    const before = docs(
      '@id("all") permit(principal, action, resource);\n@id("no") forbid(principal, action, resource) unless { context.mfa };',
    );
    const after = docs(
      '@id("all") permit(principal, action, resource);\n@id("no") forbid(principal, action, resource) unless { true };',
    );
    const [example] = examplesOf((await diffOf(before, after, { oracle })).rows, 'opened');
    const site = { file: 'docs.cedar', line: 2, column: 11 };
    expect(example?.before).to.deep.equal({
      decision: 'deny',
      knows: true,
      policies: [{ id: 'no', effect: 'forbid', site, part: 'decides' }],
    });
    expect(example?.after.policies.map(({ id, part }) => [id, part])).to.deep.equal([
      ['all', 'decides'],
      ['no', 'does not apply'],
    ]);
  });

  it('shows no more of a request than it takes', async () => {
    const before = docs(
      'permit(principal, action == Action::"read", resource) when { principal has nick && resource.owner.age > 7 };',
    );
    const [example] = examplesOf((await diffOf(before, docs(''), { oracle })).rows, 'narrowed');
    const { entities, context } = example!.request;
    const attrs = entities.map(({ uid, attrs }) => [uid.type, Object.keys(attrs).toSorted()]);
    expect(attrs).to.deep.include(['User', ['age', 'nick']]);
    expect(attrs).to.deep.include(['Doc', ['labels', 'open', 'owner', 'readers']]);
    expect(entities.filter(({ uid }) => uid.type === 'Group' || uid.type === 'Folder')).to.deep.equal([]);
    expect(context).to.deep.equal({ mfa: false });
  });

  it('tells a decision that an error denies from one that nobody allows', async () => {
    const before = docs('@id("sum") permit(principal, action, resource) when { principal.age + 1 > 0 };');
    const after = docs('@id("sum") permit(principal, action, resource) when { principal.age >= 0 };');
    const [example] = examplesOf((await diffOf(before, after, { oracle })).rows, 'opened');
    expect(example?.before.policies.map(({ id, part }) => [id, part])).to.deep.equal([['sum', 'errs']]);
    const plain = await diffOf(before, after, { oracle, semantics: 'cedar' });
    expect(verdicts(plain)).to.deep.equal(['read: more permissive', 'write: more permissive']);
  });

  it('fails when a request is not decided as was said of it', async () => {
    const wrong: Oracle = {
      find: async (question) => {
        const answer = await oracle.find({ ...question, premises: [] });
        return answer;
      },
    };
    const failure = await diffOf(
      docs('permit(principal, action, resource) when { context.mfa };'),
      docs(''),
      {
        oracle: wrong,
      },
    ).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(String(failure)).to.match(/a counterexample does not reproduce for User, Action::"read", Doc/);
  });

  it('counts what was only tried as unknown, and never as narrower', async () => {
    const tried: Oracle = {
      find: () => Promise.resolve({ kind: 'none', how: { kind: 'sampled', requests: 3 } }),
    };
    const diff = await diffOf(docs('permit(principal, action, resource) when { context.mfa };'), docs(''), {
      oracle: tried,
    });
    expect(verdicts(diff)).to.deep.equal(['read: unknown', 'write: unknown']);
    expect(verdictOf([diff])).to.equal(VERDICT.unsure);
  });
});

/** What may be seen in a part of all requests, by what is said of all. */
const POSSIBLE: Readonly<Record<Row['verdict'], readonly string[]>> = {
  equivalent: [],
  'more permissive': ['deny -> allow'],
  'less permissive': ['allow -> deny'],
  incomparable: ['deny -> allow', 'allow -> deny'],
  unknown: ['deny -> allow', 'allow -> deny'],
};

/** How requests of a small world are decided otherwise. */
function changes(before: Version, after: Version, action: string): ReadonlySet<string> {
  const [was, is] = [decides(before), decides(after)];
  const found = new Set<string>();
  for (const request of world(action)) {
    const change = `${was({ request })} -> ${is({ request })}`;
    if (change !== 'allow -> allow' && change !== 'deny -> deny') found.add(change);
  }
  return found;
}

function* world(action: string): Generator<AuthorizationRequest> {
  const either = [false, true];
  const user = (id: string, attrs: AuthorizationRequest['context'], groups: readonly string[]) => ({
    uid: { type: 'User', id },
    attrs,
    parents: groups.map((group) => ({ type: 'Group', id: group })),
  });
  for (const groups of [[], ['a'], ['a', 'b']])
    for (const age of [0, 8])
      for (const nick of either)
        for (const [open, filed, mfa] of [
          [true, true, true],
          [true, false, false],
          [false, false, true],
          [false, true, false],
        ] as const)
          for (const owner of ['me', 'you'])
            yield {
              principal: { type: 'User', id: 'me' },
              action: { type: 'Action', id: action },
              resource: { type: 'Doc', id: 'd' },
              context: { mfa },
              entities: [
                user('me', { age, ...(nick && { nick: 'n' }) }, groups),
                user('you', { age: 7 }, []),
                {
                  uid: { type: 'Doc', id: 'd' },
                  attrs: { open, owner: { __entity: { type: 'User', id: owner } }, labels: [], readers: [] },
                  parents: filed ? [{ type: 'Folder', id: 'f' }] : [],
                },
              ],
            };
}

const somePolicies = fc
  .array(
    fc.constantFrom(
      'permit(principal, action, resource) when { context.mfa };',
      'permit(principal in Group::"a", action, resource);',
      'permit(principal in Group::"a", action == Action::"read", resource) when { resource.open };',
      'permit(principal, action in Action::"any", resource) when { principal.age > 7 };',
      'permit(principal, action, resource) when { principal.age + 1 > 8 };',
      'forbid(principal, action == Action::"write", resource) unless { resource.owner == principal };',
      'forbid(principal in Group::"b", action, resource) when { principal has nick };',
      'forbid(principal, action, resource in Folder::"f");',
    ),
    { maxLength: 4 },
  )
  .map((texts) => texts.join('\n'));
