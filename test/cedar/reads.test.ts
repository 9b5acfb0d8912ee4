import { expect } from 'chai';
import { readsContext } from '../../cedar/reads.ts';
import { and, attribute, has, literal, not, policy, unless, when } from './fixture.ts';

describe('readsContext', () => {
  it('finds the context however deep it is read', () => {
    const deep = and(
      literal(true),
      not({ kind: 'if', test: literal(true), yes: has('context', 'a'), no: literal(true) }),
    );
    expect(readsContext(policy({ clauses: [when(literal(true)), unless(deep)] }))).to.equal(true);
    expect(readsContext(policy({ clauses: [when(attribute('principal', 'context'))] }))).to.equal(false);
    expect(readsContext(policy())).to.equal(false);
  });
});
