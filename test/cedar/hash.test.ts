import { expect } from 'chai';
import { canonicalJson } from '../../cedar/canonical-json.ts';
import { scopeHash, sha256Hex } from '../../cedar/hash.ts';
import { lib, literal, policy, when } from './fixture.ts';

const options = { prefix: 'acme' };

describe('sha256Hex', () => {
  it('is SHA-256 of the UTF-8 form', () => {
    // echo -n 'é' | sha256sum
    expect(sha256Hex('é')).to.equal('4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c');
  });
});

describe('scopeHash', () => {
  const hash = scopeHash(policy(), options);

  it('has 16 hex digits', () => {
    expect(hash).to.match(/^[0-9a-f]{16}$/);
  });

  it('stays when conditions, annotations or the id change', () => {
    const other = policy({ id: 'q', clauses: [when(literal(true))], annotations: { a: 'b' } });
    expect(scopeHash(other, options)).to.equal(hash);
  });

  it('changes with effect, scope and prefix', () => {
    const owned = policy({ principal: { kind: 'in', entity: { ...lib('Group', 'STAFF'), owned: true } } });
    const hashes = [
      scopeHash(policy({ effect: 'forbid' }), options),
      scopeHash(policy({ resource: { kind: 'is', type: 'Lib::Doc' } }), options),
      scopeHash(policy({ action: { kind: '==', action: lib('Action', 'read') } }), options),
      scopeHash(owned, options),
      scopeHash(owned, { prefix: 'globex' }),
    ];
    expect(new Set([hash, ...hashes]).size).to.equal(6);
  });
});

describe('canonicalJson', () => {
  it('is the same for equal data in any order of names, and keeps the order of lists', () => {
    expect(canonicalJson({ b: [2, 1], a: { d: null, c: 'x' } })).to.equal(
      '{"a":{"c":"x","d":null},"b":[2,1]}',
    );
    expect(canonicalJson({ a: { c: 'x', d: null }, b: [2, 1] })).to.equal(
      '{"a":{"c":"x","d":null},"b":[2,1]}',
    );
  });
});
