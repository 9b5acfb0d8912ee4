import { expect } from 'chai';
import { parsePolicy } from '../../cedar/engine.ts';
import { policyFromJson } from '../../cedar/from-json.ts';
import type { Policy } from '../../cedar/ast.ts';
import { codeOf } from './code-of.ts';
import { and, attribute, has, literal, policy, when } from './fixture.ts';

const read = (body: string): Policy => {
  const parsed = parsePolicy(`permit(principal, action, resource) when { ${body} };`);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return policyFromJson(parsed.json, 'p');
};

describe('policyFromJson', () => {
  it('reads a long chain as one chain', () => {
    const chain = Array.from({ length: 200 }, () => 'true').join(' && ');
    expect(read(chain).clauses[0]?.body).to.deep.equal(
      and(...Array.from({ length: 200 }, () => literal(true))),
    );
  });

  it('reads a chained has as the tests it is short for', () => {
    const inner = attribute(attribute('context', 'a'), 'b');
    expect(read('context has a.b.c')).to.deep.equal(
      policy({
        clauses: [when(and(has('context', 'a'), has(attribute('context', 'a'), 'b'), has(inner, 'c')))],
      }),
    );
  });

  it('refuses integers that its source has already rounded', () => {
    for (const long of ['9007199254740993', '9007199254740992', '-9223372036854775808']) {
      expect(
        codeOf(() => read(`context.a == ${long}`)),
        long,
      ).to.equal('LONG_INEXACT');
    }
    expect(codeOf(() => read('context.a == 9007199254740991'))).to.equal(undefined);
  });

  it('refuses what is no policy, and constructs that it does not know', () => {
    const good = {
      effect: 'permit',
      principal: { op: 'All' },
      action: { op: 'All' },
      resource: { op: 'All' },
      conditions: [],
    };
    const condition = (body: unknown): object => ({ ...good, conditions: [{ kind: 'when', body }] });
    expect(codeOf(() => policyFromJson(good, 'p'))).to.equal(undefined);
    const bad = [
      null,
      { ...good, effect: 'allow' },
      { ...good, principal: { op: '!=' } },
      condition({ Unknown: [{ Value: 1 }] }),
      condition({ Var: 'subject' }),
      condition({ '==': { left: { Value: 1 } } }),
      condition({ '!': { arg: { Value: true } }, '&&': {} }),
      condition({ Value: null }),
    ];
    for (const json of bad) {
      expect(
        codeOf(() => policyFromJson(json, 'p')),
        JSON.stringify(json),
      ).to.equal('POLICY_UNREADABLE');
    }
  });
});
