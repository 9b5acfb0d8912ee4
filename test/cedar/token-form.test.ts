import { expect } from 'chai';
import type { Policy } from '../../cedar/ast.ts';
import type { Model } from '../../cedar/model.ts';
import { printPolicy } from '../../cedar/print.ts';
import { inTokenForm } from '../../cedar/token-form.ts';
import { codeOf } from './code-of.ts';
import { and, attribute, equal, has, lib, literal, MODEL, policy, when } from './fixture.ts';

const POOL = 'eu-west-1_Abc';
const rewrite = (given: Partial<Policy>, use: 'access' | 'id' = 'access', model: Model = MODEL): string => {
  const form = { model, slug: 'acme', kind: 'saasTenant', use, userPoolId: POOL };
  return printPolicy(inTokenForm(policy(given), form), { prefix: POOL });
};
const clause = (given: Partial<Policy>, use?: 'access' | 'id'): string =>
  /when \{ (.*) \}/.exec(rewrite(given, use))?.[1] ?? '';
const claimed = (claim: string): Model => ({
  ...MODEL,
  principalTypes: {
    ...MODEL.principalTypes,
    Member: {
      ...MODEL.principalTypes['Member']!,
      attributes: {
        role: { type: { kind: 'String' }, required: true, from: { source: 'claim', claim } },
        joined: {
          type: { kind: 'datetime' },
          required: true,
          from: { source: 'claim', claim: 'joined' },
        },
      },
    },
  },
});

describe('inTokenForm', () => {
  it('reads claims where Verified Permissions puts them for each kind of token', () => {
    const clauses = [when(equal(attribute('principal', 'role'), literal('EDITOR')))];
    expect(clause({ clauses })).to.equal('context.token.role == "EDITOR"');
    expect(clause({ clauses }, 'id')).to.equal('principal.role == "EDITOR"');
    expect(rewrite({ clauses }, 'access', claimed('custom:role'))).to.contain('context.token["custom:role"]');
    const nick = [when(and(has('principal', 'nick'), equal(attribute('principal', 'nick'), literal('a'))))];
    expect(clause({ clauses: nick })).to.equal('context.token has nick && context.token.nick == "a"');
    const floor = [when(equal(attribute(attribute('principal', 'badge'), 'floor'), literal(1n)))];
    expect(clause({ clauses: floor })).to.equal('context.token.badge.floor == 1');
  });

  it('takes what the registry says of all principals for what it is', () => {
    const tenant = [when(equal(attribute('principal', 'tenant'), literal('acme')))];
    expect(clause({ clauses: tenant })).to.equal('"acme" == "acme"');
    const kind = [when(equal(attribute('principal', 'kind'), literal('serviceClient')))];
    expect(clause({ clauses: kind })).to.equal('"saasTenant" == "serviceClient"');
    expect(clause({ clauses: [when(has('principal', 'tenant'))] })).to.equal('true');
  });

  it('knows no attribute that principals of the tenant never have', () => {
    expect(clause({ clauses: [when(has('principal', 'username'))] })).to.equal('false');
  });

  it('names principals and groups by the pool, as built and as read from a text', () => {
    const scope = (id: string, owned?: true): Partial<Policy> => ({
      principal: { kind: 'in', entity: { ...lib('Group', id), ...(owned && { owned }) } },
    });
    const named = `principal in Lib::Group::"${POOL}|STAFF"`;
    expect(rewrite(scope('STAFF', true))).to.contain(named);
    expect(rewrite(scope('acme|STAFF'))).to.contain(named);
    expect(codeOf(() => rewrite(scope(`${POOL}|STAFF`)))).to.equal('MODE_WITH_TOKEN');
    expect(codeOf(() => rewrite(scope('globex|STAFF')))).to.equal('MODE_WITH_TOKEN');
  });

  it('refuses what a token does not carry as it is', () => {
    const role = [when(equal(attribute('principal', 'role'), literal('x')))];
    for (const claim of ['scope', 'cognito:groups'])
      expect(codeOf(() => rewrite({ clauses: role }, 'access', claimed(claim)))).to.equal('MODE_WITH_TOKEN');
    const joined = [
      when(
        equal(attribute('principal', 'joined'), { kind: 'construct', fn: 'datetime', text: '2024-01-01' }),
      ),
    ];
    expect(codeOf(() => rewrite({ clauses: joined }, 'access', claimed('role')))).to.equal('MODE_WITH_TOKEN');
  });
});
