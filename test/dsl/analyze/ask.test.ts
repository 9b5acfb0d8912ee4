import { expect } from 'chai';
import * as fc from 'fast-check';
import type { Policy } from '../../../cedar/ast.ts';
import { type AuthorizationRequest, type CedarJson, preparePolicySet } from '../../../cedar/engine.ts';
import { printPolicy } from '../../../cedar/print.ts';
import { prepareCheck } from '../../../dsl/analyze/holds.ts';
import type { Answer, Premise, Question } from '../../../dsl/analyze/verdict.ts';
import { oracle, setOf } from './fixture.ts';

const READ = { type: 'Action', id: 'read' };

const policyText = fc
  .record({
    effect: fc.constantFrom('permit', 'permit', 'forbid'),
    principal: fc.constantFrom(
      'principal',
      'principal in Group::"a"',
      'principal in Group::"b"',
      'principal == User::"x"',
    ),
    action: fc.constantFrom(
      'action',
      'action == Action::"read"',
      'action in Action::"any"',
      'action == Action::"write"',
    ),
    resource: fc.constantFrom('resource', 'resource in Folder::"f"', 'resource == Doc::"d"'),
    clauses: fc.array(
      fc.constantFrom(
        'when { context.mfa }',
        'when { principal.age > 7 }',
        'when { resource.owner == principal }',
        'when { resource.open && principal.age < 8 }',
        'unless { resource.open || principal in Group::"b" }',
        'when { principal has nick && principal.nick == "n" }',
        'when { principal.age + 9223372036854775800 > 0 }',
      ),
      { maxLength: 2 },
    ),
  })
  .map(
    ({ effect, principal, action, resource, clauses }) =>
      `${effect} (${principal}, ${action}, ${resource}) ${clauses.join(' ')};`,
  );

/** A small world, all of it. */
function* requests(): Generator<AuthorizationRequest> {
  const either = [false, true];
  for (const who of ['x', 'y'])
    for (const groups of [[], ['a'], ['a', 'b']])
      for (const age of [0, 8])
        for (const nick of either)
          for (const doc of ['d', 'e'])
            for (const filed of either)
              for (const open of either)
                for (const owner of ['x', 'y'])
                  for (const mfa of either)
                    yield request({ who, groups, age, nick, doc, filed, open, owner, mfa });
}

function request(of: {
  who: string;
  groups: string[];
  age: number;
  nick: boolean;
  doc: string;
  filed: boolean;
  open: boolean;
  owner: string;
  mfa: boolean;
}): AuthorizationRequest {
  // prettier-ignore
  const user = (id: string, groups: string[]): AuthorizationRequest['entities'][number] => ({
    uid: { type: 'User', id },
    attrs: { age: of.age, ...(of.nick && { nick: 'n' }) },
    parents: groups.map((group) => ({ type: 'Group', id: group })),
  });
  const attrs: Record<string, CedarJson> = {
    owner: { __entity: { type: 'User', id: of.owner } },
    open: of.open,
    labels: [],
    readers: [],
  };
  return {
    principal: { type: 'User', id: of.who },
    action: READ,
    resource: { type: 'Doc', id: of.doc },
    context: { mfa: of.mfa },
    entities: [
      user(of.who, of.groups),
      { uid: { type: 'Doc', id: of.doc }, attrs, parents: of.filed ? [{ type: 'Folder', id: 'f' }] : [] },
      { uid: READ, attrs: {}, parents: [{ type: 'Action', id: 'any' }] },
    ],
  };
}

const environment = setOf('').environments.find(({ action }) => action.uid.id === 'read')!;
const { schema } = setOf('');
const policiesOf = (texts: readonly string[]): Policy[] =>
  setOf(texts.join('\n')).policies.map(({ policy }) => policy);
const asked = (premises: readonly Premise[], more: Partial<Question> = {}): Question => ({
  schema,
  environment,
  premises,
  semantics: 'enforced',
  ...more,
});

/** Asks the engine once more, with the schema: the request must be one that can be. */
function decide(policies: readonly Policy[], given: AuthorizationRequest): 'allow' | 'deny' {
  const staticPolicies = Object.fromEntries(
    policies.map((policy, index) => [`p${index}`, printPolicy(policy, { prefix: '' })]),
  );
  const set = preparePolicySet({ staticPolicies, templates: {}, templateLinks: [] }, schema.resolved);
  const entities = given.entities.filter(({ uid }) => uid.type !== 'Action');
  const { decision, errors } = set.authorize({ ...given, entities });
  return decision === 'allow' && errors.length === 0 ? 'allow' : 'deny';
}

describe('questions about policies', () => {
  it('are never answered otherwise than the engine answers in a small world', async () => {
    const kinds = new Map<string, number>();
    const property = fc.asyncProperty(
      fc.array(policyText, { maxLength: 3 }),
      fc.array(policyText, { maxLength: 3 }),
      fc.constantFrom<Premise['decision']>('allow', 'deny'),
      fc.constantFrom<Premise['decision']>('allow', 'deny'),
      async (first, second, one, other) => {
        const premises: Premise[] = [
          { policies: policiesOf(first), decision: one },
          { policies: policiesOf(second), decision: other },
        ];
        const answer = await oracle.find(asked(premises));
        const kind = answer.kind === 'none' ? answer.how.kind : answer.kind;
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
        if (answer.kind === 'found') {
          for (const { policies, decision } of premises)
            expect(decide(policies, answer.request)).to.equal(decision);
        } else if (kind === 'proved') {
          const holds = prepareCheck(premises, 'enforced');
          for (const given of requests()) {
            if (holds(given)) expect.fail(`proved, but for ${JSON.stringify(given)}`);
          }
        }
      },
    );
    // A test that never met one of them would say nothing about it, and few runs may miss what is found.
    await fc.assert(property, {
      numRuns: 12,
      examples: [
        [['permit (principal, action, resource);'], [], 'allow', 'deny'],
        [[], [], 'allow', 'deny'],
      ],
    });
    expect([...kinds.keys()]).to.include.members(['found', 'proved']);
  });

  const answerTo = (
    policies: string,
    decision: Premise['decision'],
    more: Partial<Question> = {},
  ): Promise<Answer> => oracle.find(asked([{ policies: policiesOf([policies]), decision }], more));

  it('are proved by scopes alone where no condition decides', async () => {
    const never = await answerTo(
      'permit(principal in Group::"a", action == Action::"write", resource);',
      'allow',
    );
    expect(never).to.deep.equal({ kind: 'none', how: { kind: 'proved', by: 'scopes' } });
    const always = await answerTo('permit(principal, action, resource);', 'deny');
    expect(always).to.deep.equal({ kind: 'none', how: { kind: 'proved', by: 'scopes' } });
  });

  it('say "sampled" and never "proved" where nothing was found', async () => {
    const answer = await answerTo(
      'permit(principal, action, resource) when { principal.age > 3 && principal.age < 2 };',
      'allow',
    );
    expect(answer).to.have.nested.property('how.kind', 'sampled');
    expect(answer).to.have.nested.property('how.requests').that.is.greaterThan(50);
  });

  it('keep the principal in exactly the groups that are given', async () => {
    const policy = 'permit(principal in Group::"a", action, resource);';
    const inGroups = (...ids: string[]) => ({ principalIn: ids.map((id) => ({ type: 'Group', id })) });
    expect((await answerTo(policy, 'allow', inGroups('b'))).kind).to.equal('none');
    expect((await answerTo(policy, 'deny', inGroups('a', 'b'))).kind).to.equal('none');
    const outside = await answerTo(
      'permit(principal, action, resource) when { principal in Group::"a" };',
      'allow',
      inGroups('b'),
    );
    expect(outside.kind).to.equal('none');
  });

  it('know that an entity is in itself, whatever else it may be in', async () => {
    const set = setOf(
      'permit(principal in Team::"x", action, resource);',
      'entity Team in [Team]; action go appliesTo { principal: Team, resource: Team };',
    );
    const policies = set.policies.map(({ policy }) => policy);
    const question = {
      schema: set.schema,
      environment: set.environments[0]!,
      semantics: 'enforced' as const,
    };
    // In no group at all, and still in itself.
    const allowed = await oracle.find({
      ...question,
      principalIn: [],
      premises: [{ policies, decision: 'allow' }],
    });
    expect(allowed).to.have.nested.property('request.principal.id', 'x');
  });

  it('are proved where a policy would have to hold and not to hold', async () => {
    const policies = policiesOf(['permit(principal, action, resource) when { context.mfa };']);
    const premises: Premise[] = [
      { policies, decision: 'allow' },
      { policies, decision: 'deny' },
    ];
    const answer = await oracle.find(asked(premises));
    expect(answer).to.deep.equal({ kind: 'none', how: { kind: 'proved', by: 'scopes' } });
  });

  it('are asked of large sets too', async () => {
    const texts = Array.from(
      { length: 300 },
      (_, index) =>
        `permit(principal in Group::"g${index}", action, resource) when { principal.age == ${index} };`,
    );
    const policies = policiesOf(texts);
    const began = performance.now();
    const answer = await oracle.find(
      asked([
        { policies, decision: 'allow' },
        { policies: policies.slice(1), decision: 'deny' },
      ]),
    );
    expect(answer).to.have.nested.property('request.entities[0].attrs.age', 0);
    expect(performance.now() - began).to.be.lessThan(5_000);
  });

  it('take a policy that errs for a deny, unless Cedar alone is meant', async () => {
    const policies = `permit(principal, action, resource);
      forbid(principal, action, resource) when { principal.age + 1 == principal.age };`;
    expect((await answerTo(policies, 'deny')).kind).to.equal('found');
    expect((await answerTo(policies, 'deny', { semantics: 'cedar' })).kind).to.equal('none');
  });

  it('find what only special values lead to', async () => {
    const conditions = [
      'context has ip && context.ip.isInRange(ip("10.0.0.0/8"))',
      'principal has nick && principal.nick like "a*z"',
      'resource.labels.containsAll(["b", "c"])',
      'principal in resource.readers && resource.readers.contains(resource.owner)',
      'resource.owner has friends && principal in resource.owner.friends && resource.owner != principal',
      'resource.owner.age == 41 && resource.owner != principal',
      '["n", "m"].contains(if principal has nick then principal.nick else "")',
      'resource.owner == principal && principal in [Group::"g"]',
    ];
    for (const condition of conditions) {
      const answer = await answerTo(`permit(principal, action, resource) when { ${condition} };`, 'allow');
      expect(answer.kind, condition).to.equal('found');
    }
  });

  it('know that an enumerated type has no other entities', async () => {
    const set = setOf(
      'permit(principal == Role::"admin", action, resource); permit(principal == Role::"user", action, resource);',
      'entity Role enum ["admin", "user"]; entity T; action go appliesTo { principal: Role, resource: T };',
    );
    const policies = set.policies.map(({ policy }) => policy);
    const question = {
      schema: set.schema,
      environment: set.environments[0]!,
      semantics: 'enforced' as const,
    };
    const denied = await oracle.find({ ...question, premises: [{ policies, decision: 'deny' }] });
    expect(denied).to.deep.equal({ kind: 'none', how: { kind: 'proved', by: 'scopes' } });
    const one = await oracle.find({
      ...question,
      premises: [{ policies: policies.slice(1), decision: 'deny' }],
    });
    expect(one.kind).to.equal('found');
  });
});
