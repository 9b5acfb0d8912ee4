import { expect } from 'chai';
import * as fc from 'fast-check';
import { CALL, groupsOf, scopeOf } from '../../../authz/enrich/scopes.ts';

/** Cognito API Reference, ResourceServerScopeType. */
const SCOPE = /^[\x21\x23-\x2E\x30-\x5B\x5D-\x7E]+$/;

describe('groups of operations as scopes', () => {
  it('keep names that scopes may have', () => {
    expect(['read', 'human-only', 'customer:write'].map(scopeOf)).to.deep.equal([
      'read',
      'human-only',
      'customer:write',
    ]);
  });

  it('are what a token says, apart from the one that every token may have', () => {
    expect(groupsOf(['shop/read', `shop/${CALL}`, 'shop/customer:write'])).to.deep.equal([
      'read',
      'customer:write',
    ]);
  });

  it('come back from any name', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text !== CALL);
    fc.assert(
      fc.property(fc.array(name), (names) => {
        const scopes = names.map(scopeOf);
        for (const scope of scopes) expect(scope).to.match(SCOPE);
        expect(groupsOf(scopes.map((scope) => `shop/${scope}`))).to.deep.equal(names);
      }),
    );
  });
});
