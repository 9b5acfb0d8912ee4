import { expect } from 'chai';
import * as fc from 'fast-check';
import { idMaker } from '../../../dsl/import/ids.ts';

describe('the ids of imported policies', () => {
  it('stay as they are where the language takes them, else become as near as can be', () => {
    const makeId = idMaker();
    for (const [wanted, id] of [
      ['owners-edit', 'owners-edit'],
      ['owners-edit', 'owners-edit-2'],
      ['Owners edit', 'owners-edit-3'],
      ['ViewACL', 'view-acl'],
      ['Ünïcode/näme!', 'unicode-name'],
      ['---', 'policy'],
      ['', 'policy-2'],
      ['日本', 'policy-3'],
      ['guardrail-x', 'imported-guardrail-x'],
      ['Live-1', 'imported-live-1'],
      ['9', '9'],
      ['-a', 'a'],
      ['release', 'imported-release'],
    ] as const) {
      expect(makeId(wanted), wanted).to.equal(id);
    }
  });

  it('are legal and different, whatever they are made from', () => {
    const wanted = fc.array(
      fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('a', 'A', 'b'.repeat(100))),
    );
    fc.assert(
      fc.property(wanted, (names) => {
        const ids = names.map(idMaker());
        expect(new Set(ids).size).to.equal(ids.length);
        for (const id of ids)
          expect(id).to.match(/^(?!(?:guardrail|live)-|release$)[a-z0-9][a-z0-9-]{0,99}$/);
      }),
    );
  });
});
