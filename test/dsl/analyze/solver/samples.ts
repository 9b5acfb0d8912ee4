import { expect } from 'chai';
import type { Policy } from '../../../../cedar/ast.ts';
import { asking } from '../../../../dsl/analyze/ask.ts';
import { malformation } from '../../../../dsl/analyze/diff/well-formed.ts';
import { solverOver } from '../../../../dsl/analyze/solver/solver.ts';
import type { Answer, Question } from '../../../../dsl/analyze/verdict.ts';
import { setOf } from '../fixture.ts';
import { RICH_SCHEMA } from './rich-schema.ts';
import type { TheSolver } from './the-solver.ts';

/** Conditions that some request meets. */
const POSSIBLE = [
  'principal.age + 1 <= principal.age || true',
  'context has ip && context.ip.isInRange(ip("10.0.0.0/8")) && !context.ip.isIpv6() && context.ip != ip("10.0.0.1")',
  'principal.from.isMulticast() && principal.from.isIpv6()',
  'principal has nick && principal.nick like "a*z" && !(principal.nick like "*b*") && principal.nick != "az"',
  'resource.title like "\\*é\\u{1F600}*"',
  'principal.home has zip && principal.home.zip == 9223372036854775807',
  'principal has second && principal.homes.contains(principal.second) && !(principal.second has zip)',
  'resource.labels.containsAll(["b", "c"]) && resource.labels.containsAny(principal.scopes)',
  'resource.owner has boss && resource.owner.boss == principal && principal has boss && principal.boss == resource.owner',
  'principal in Group::"a" && !(principal in Group::"b")',
  'principal.hasTag("k") && principal.getTag("k").contains("v")',
  'resource.role != Role::"admin"',
  'resource.parts.contains([1, 2]) && resource.parts.contains(context.seen) && !context.seen.contains(1)',
  'resource.grid.contains({ cells: resource.labels, name: "n" }) && resource.labels.contains("z")',
  'principal.born.offset(duration("1d")) < context.now && context.now.toDate() == datetime("2024-02-29")',
  'context.now.durationSince(principal.born).toDays() == -3 && context.now > datetime("9999-12-31")',
  'principal.pay.lessThan(decimal("-922337203685477.5807"))',
  'principal.age * principal.age == 49 && principal.age < 0',
  '(if context.mfa then principal else resource.owner).age > 100 && principal.age < 5',
];

/** Conditions that none meets. */
const IMPOSSIBLE = [
  'principal.age > 3 && principal.age < 2',
  'principal.age + 1 <= principal.age',
  '-principal.age == principal.age && principal.age != 0',
  'principal.age * principal.age * principal.age == 30',
  'context has ip && context.ip.isInRange(ip("10.0.0.0/8")) && context.ip.isLoopback()',
  'principal.from.isInRange(resource.owner.from) && resource.owner.from.isInRange(ip("::/0")) && principal.from.isIpv4()',
  'resource.title like "a*z" && resource.title like "b*"',
  'resource.labels == principal.scopes && resource.labels.contains("x") && !principal.scopes.contains("x")',
  'resource.labels.isEmpty() && resource.labels.containsAny(principal.scopes)',
  'principal in resource.readers && !resource.readers.contains(principal)',
  'Group::"a" in Group::"b" && principal in Group::"a" && !(principal in Group::"b")',
  'principal has friends && principal.friends in Group::"z" && principal in principal.friends && !(principal in Group::"z")',
  'Group::"a" in Group::"b" && Group::"b" in Group::"a"',
  'principal.hasTag(resource.title) && resource.title == "k" && !principal.hasTag("k")',
  'resource.role != Role::"admin" && resource.role != Role::"user"',
  'context.now.toTime() < duration("0ms")',
  'resource.parts.contains([1, 2]) && [context.seen].containsAll(resource.parts) && !context.seen.contains(1)',
  'resource.parts == [[1], context.seen] && resource.parts == [[1]] && !context.seen.contains(1)',
  'action == Action::"write"',
];

const UNUSED = { version: 'not a real one', close: () => Promise.resolve() };

/** What the solver says of conditions of every kind. */
export function answersByProof(the: TheSolver): void {
  const { schema, environments } = setOf('', RICH_SCHEMA);
  const environment = environments.find(({ action }) => action.uid.id === 'read')!;
  const asked = (policies: readonly Policy[], more: Partial<Question> = {}): Question => ({
    schema,
    environment,
    premises: [{ policies, decision: 'allow' }],
    semantics: 'enforced',
    ...more,
  });
  const permitted = (condition: string): Policy[] =>
    setOf(`permit(principal, action, resource) when { ${condition} };`, RICH_SCHEMA).policies.map(
      ({ policy }) => policy,
    );
  const answerTo = (condition: string): Promise<Answer> => the.solver().find(asked(permitted(condition)));

  it('shows a request that can come for each condition that one meets', async () => {
    for (const condition of POSSIBLE) {
      const answer = await answerTo(condition);
      expect(answer.kind, condition).to.equal('found');
      if (answer.kind === 'found') expect(malformation(answer.request, schema)).to.equal(undefined);
    }
  });

  it('proves of each condition that none meets it', async () => {
    for (const condition of IMPOSSIBLE) {
      const answer = await answerTo(condition);
      expect(answer, condition).to.have.nested.property('how.by', 'solver');
    }
  });

  it('knows that somebody is in the given groups and no others, whatever conditions ask', async () => {
    const policies = permitted('principal in Group::"a" || principal.age == 1');
    const a = { type: 'Group', id: 'a' };
    const inGroups = (...principalIn: (typeof a)[]) => the.solver().find(asked(policies, { principalIn }));
    const outside = await inGroups({ type: 'Group', id: 'b' });
    expect(outside).to.have.nested.property('request.entities[0].attrs.age', 1);
    expect(outside)
      .to.have.nested.property('request.entities[0].parents')
      .that.deep.equals([{ type: 'Group', id: 'b' }]);
    const denied = asked(policies, { principalIn: [a], premises: [{ policies, decision: 'deny' }] });
    expect((await the.solver().find(denied)).kind).to.equal('none');
  });

  it('takes an error for a deny, and in Cedar alone for a policy that does not match', async () => {
    const { policies } = setOf(
      'permit(principal, action, resource); forbid(principal, action, resource) when { principal.age + 1 == 0 };',
      RICH_SCHEMA,
    );
    const most = setOf(
      'permit(principal, action, resource) when { principal.age == 9223372036854775807 };',
      RICH_SCHEMA,
    );
    const ask = (semantics: Question['semantics']): Promise<Answer> =>
      the.solver().find({
        ...asked([]),
        semantics,
        premises: [
          { policies: policies.map(({ policy }) => policy), decision: 'allow' },
          { policies: most.policies.map(({ policy }) => policy), decision: 'allow' },
        ],
      });
    expect((await ask('enforced')).kind).to.equal('none');
    expect((await ask('cedar')).kind).to.equal('found');
  });

  it('puts nothing into a set that is no value, where what is looked for there errs', async () => {
    const product = '8 * (if principal has boss then 1 else resource.owner.age)';
    const policies = setOf(
      `permit(principal, action, resource) when { context.seen.contains(-1) };
       forbid(principal, action, resource) when { resource.parts == [[if context has ip then -1 else 3], [0, 0]] };`,
      RICH_SCHEMA,
    );
    const errs = setOf(
      `forbid(principal, action, resource) when { context.seen.contains(${product}) };`,
      RICH_SCHEMA,
    );
    const premises = [policies, errs].map((set, index) => ({
      policies: set.policies.map(({ policy }) => policy),
      decision: index === 0 ? ('allow' as const) : ('deny' as const),
    }));
    expect((await the.solver().find({ ...asked([]), premises })).kind).to.equal('found');
  });

  it('says what it leaves out, and lets others try', async () => {
    const question = asked(permitted('resource.title like "*\\u{10FFFF}"'));
    const because = 'the proof leaves out a character beyond U+2FFFF beside a pattern';
    expect(await the.solver().find(question)).to.deep.equal({ kind: 'unknown', because });
    expect((await asking(the.solver()).find(question)).kind).to.equal('found');
    const impossible = {
      ...question,
      premises: [...question.premises, { policies: [], decision: 'allow' as const }],
    };
    expect((await asking(the.solver()).find(impossible)).kind).to.equal('none');
  });

  it('says that it gave up, and why', async () => {
    const tired = solverOver({
      ...UNUSED,
      check: () => Promise.resolve({ kind: 'unknown', because: 'canceled' }),
    });
    expect(await tired.find(asked(permitted('context.mfa')))).to.deep.equal({
      kind: 'unknown',
      because: 'the solver gave up (canceled)',
    });
  });

  it('answers questions that are asked at the same time', async () => {
    const answers = await Promise.all(['context.mfa', 'false', 'resource.open'].map(answerTo));
    expect(answers.map(({ kind }) => kind)).to.deep.equal(['found', 'none', 'found']);
  });

  it('fails loudly where what it found is decided otherwise by the engine', async () => {
    const wrong = solverOver({
      ...UNUSED,
      check: (_script, watches) =>
        Promise.resolve({
          kind: 'satisfiable',
          values: watches.map(({ sort }) => (sort === 'Bool' ? 'false' : '0')),
        }),
    });
    const failure = await wrong.find(asked(permitted('context.mfa'))).catch((error: unknown) => error);
    expect(failure)
      .to.be.an('error')
      .with.property('message')
      .that.includes('this is a mistake of cedarwright');
  });
}
