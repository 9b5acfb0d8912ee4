import { expect } from 'chai';
import type { Policy, Site } from '../../../cedar/ast.ts';
import { duplicateIds } from '../../../dsl/check/duplicates.ts';

const policy = (id: string): Policy => ({
  id,
  effect: 'permit',
  principal: { kind: 'any' },
  action: { kind: 'any' },
  resource: { kind: 'any' },
  clauses: [],
  annotations: {},
});
const at = (line: number, file = 'tenants/acme.ts'): Site => ({ file, line, column: 5 });

describe('an id that two policies of a tenant have', () => {
  const said = (...listed: readonly (readonly [id: string, site: Site])[]): string[] =>
    duplicateIds(listed.map(([id, site]) => ({ policy: policy(id), site }))).map(
      ({ site, message }) => `${site?.line}: ${message}`,
    );

  it('is told with both places, in other files too', () => {
    expect(said(['a', at(3)], ['b', at(4)], ['a', at(7)])).to.deep.equal([
      '7: the id "a" is used already at tenants/acme.ts:3:5',
    ]);
    expect(said(['a', at(3, 'tenants/shared/all.ts')], ['a', at(7)])).to.deep.equal([
      '7: the id "a" is used already at tenants/shared/all.ts:3:5',
    ]);
  });

  it('is told for each use after the first', () => {
    expect(said(['a', at(3)], ['a', at(5)], ['a', at(7)])).to.have.lengthOf(2);
  });

  it('may be one policy that is listed twice', () => {
    expect(said(['a', at(3)], ['a', at(3)])).to.deep.equal(['3: "a" is in the list of policies twice']);
  });
});
