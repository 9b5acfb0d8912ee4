import { expect } from 'chai';
import { policyFromPlain } from '../../../cedar/json.ts';
import { printPolicy } from '../../../cedar/print.ts';
import {
  guardrailsToPlain,
  type Outcome,
  type PlainTenant,
  tenantToPlain,
} from '../../../dsl/tenants/read.ts';
import * as accepted from '../../types/accept/tenants.ts';
import { guardrails, saasTenant, shop } from '../../types/shop.ts';
import { loose, originalPlace } from '../policy/reading.ts';

function valueOf<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(outcome.problems.map(({ code, message }) => `${code} ${message}`).join('; '));
}
const codesOf = (outcome: Outcome<unknown>): string[] =>
  outcome.ok ? [] : outcome.problems.map(({ code }) => code);
const idsOf = ({ policies }: PlainTenant): string[] => policies.map(({ id }) => id);

describe('a tenant file, read', () => {
  it('is data that JSON can carry', () => {
    const read = valueOf(tenantToPlain(accepted.extended));
    expect(JSON.parse(JSON.stringify(read))).to.deep.equal(read);
    const printed = read.policies.map((policy) => printPolicy(policyFromPlain(policy), { prefix: 'beta' }));
    expect(printed[1]).to.match(/principal has level &&\s+principal.level > 5/);
  });

  it('has the defaults of its kind', () => {
    const { policies: _policies, ...rest } = valueOf(tenantToPlain(accepted.nothingOfItsOwn));
    expect(rest).to.deep.equal({
      kind: 'saasTenant',
      slug: 'plain',
      groups: [],
      attributes: {},
      users: {},
      tokenUse: 'access',
      decisionMode: 'verified-permissions',
      tokenTtlSeconds: 300,
      dataTenants: ['plain'],
    });
  });

  it('keeps what it says', () => {
    const { policies: _policies, ...rest } = valueOf(tenantToPlain(accepted.app));
    expect(rest).to.deep.equal({
      kind: 'customerApp',
      slug: 'retail',
      groups: ['CLERK'],
      attributes: {},
      users: {},
      tokenUse: 'id',
      decisionMode: 'embedded',
      tokenTtlSeconds: 60,
      dataTenants: ['acme', 'plain'],
    });
    const { users } = valueOf(tenantToPlain(accepted.groupsOnly));
    expect(users['alice']).to.deep.equal({
      groups: ['PAYEE_MGMT', 'admins'],
      attributes: { department: 'x', age: 3, tags: ['y'] },
    });
  });

  it('lists its own policies, linked ones, and those of the shared vocabulary', () => {
    expect(idsOf(valueOf(tenantToPlain(accepted.groupsOnly)))).to.deep.equal(['a', 'b', 'c', 'd', 'shared']);
  });

  it('gives its attributes in the form of the model', () => {
    expect(valueOf(tenantToPlain(accepted.extended)).attributes['User']).to.deep.equal({
      costCenter: { type: { kind: 'String' }, required: true },
      level: { type: { kind: 'Long' }, required: false },
      home: { type: { kind: 'Entity', name: 'Folder' }, required: true },
      roles: { type: { kind: 'Set', of: { kind: 'String' } }, required: true },
      boss: { type: { kind: 'Entity', name: 'User' }, required: false },
    });
  });

  it('shows every mistake of every policy, each at its place', () => {
    const outcome = tenantToPlain(
      saasTenant({
        slug: 'acme',
        policies: ({ permit }) => [
          permit().action(loose('POST /ordr')),
          permit().id('fine'),
          permit().principalInGroup(loose('PAYEE')).id('Bad'),
        ],
      }),
    );
    expect(codesOf(outcome)).to.deep.equal(['UNKNOWN_ACTION', 'NO_ID', 'UNKNOWN_GROUP', 'BAD_ID']);
    const lines = outcome.ok
      ? []
      : outcome.problems.map(({ site }) => site && Number(originalPlace(site).split(':')[0]));
    expect(new Set(lines).size).to.equal(2);
    expect(lines).to.not.include(undefined);
  });

  it('may not name a group of another tenant', () => {
    const borrowed: unknown[] = [];
    tenantToPlain(
      saasTenant({
        slug: 'acme',
        groups: ['PAYEE'],
        policies: ({ permit }) => {
          borrowed.push(permit().principalInGroup('PAYEE').id('x'));
          return [];
        },
      }),
    );
    const outcome = tenantToPlain(saasTenant({ slug: 'globex', policies: () => loose(borrowed) }));
    expect(codesOf(outcome)).to.deep.equal(['FOREIGN_GROUP']);
  });

  it('may not take ids of guardrails and of live policies, or groups that are there', () => {
    const outcome = tenantToPlain(
      saasTenant({
        slug: 'acme',
        groups: ['admins', 'A', 'A'],
        policies: ({ permit }) => [permit().id('guardrail-x'), permit().id('live-x')],
      }),
    );
    expect(codesOf(outcome)).to.deep.equal([
      'DUPLICATE_GROUP',
      'DUPLICATE_GROUP',
      'RESERVED_ID',
      'RESERVED_ID',
    ]);
  });

  it('must export what it defines, and list policies', () => {
    expect(codesOf(tenantToPlain({ slug: 'acme', policies: () => [] }))).to.deep.equal(['NO_DEFAULT_EXPORT']);
    expect(codesOf(tenantToPlain(accepted.everyTenant))).to.deep.equal(['NO_DEFAULT_EXPORT']);
    const listless = saasTenant({ slug: 'x', policies: () => loose(shop.permit().id('x')) });
    expect(codesOf(tenantToPlain(listless))).to.deep.equal(['NO_LIST']);
    const unlike = saasTenant({ slug: 'x', policies: () => [loose('everything')] });
    expect(codesOf(tenantToPlain(unlike))).to.deep.equal(['NOT_A_POLICY']);
  });

  it('shows a mistake in an entity beside the others, at the entity', () => {
    const outcome = tenantToPlain(
      saasTenant({
        slug: 'x',
        policies: ({ permit, entity }) => [
          permit().resource(loose(entity(loose('Ordr'), 'u'))),
          permit().id('No'),
        ],
      }),
    );
    expect(codesOf(outcome)).to.deep.equal(['UNKNOWN_ENTITY_TYPE', 'NO_ID', 'BAD_ID']);
  });
});

describe('guardrails, read', () => {
  const acme = { slug: 'acme', kind: 'saasTenant', dataTenants: ['acme', 'shared'] } as const;

  it('are made for one tenant', () => {
    const printed = valueOf(guardrailsToPlain(accepted.everyTenant, acme)).map((policy) =>
      printPolicy(policyFromPlain(policy), { prefix: 'acme' }),
    );
    expect(printed[0]).to.include('principal.department != "acme"');
    expect(printed[1]).to.include('!["acme", "shared"].contains(resource["in"])');
  });

  it('must say in their ids what they are', () => {
    const unmarked = guardrails(({ forbid }) => [forbid().id('x')]);
    expect(codesOf(guardrailsToPlain(unmarked, acme))).to.deep.equal(['UNMARKED_GUARDRAIL']);
  });

  it('are no tenant', () => {
    expect(codesOf(guardrailsToPlain(accepted.app, acme))).to.deep.equal(['NO_DEFAULT_EXPORT']);
  });
});
