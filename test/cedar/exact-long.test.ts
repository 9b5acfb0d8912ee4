import { expect } from 'chai';
import * as fc from 'fast-check';
import { preparePolicies } from '../../cedar/engine.ts';
import { longJson, textWithExactLongs, withExactLongs } from '../../cedar/exact-long.ts';
import type { CedarJson } from '../../cedar/request.ts';

const USER = { type: 'User', id: 'u' };

/** Whether the engine takes the value for this integer, and for neither of its neighbours. */
const isExactly = (value: bigint, json: CedarJson): boolean => {
  const text = `permit(principal, action, resource) when { context.n == ${value} };`;
  const { decision } = preparePolicies('exact-long', [{ id: 'p', text }]).authorize({
    principal: USER,
    action: { type: 'Action', id: 'a' },
    resource: USER,
    context: { n: json },
    entities: [],
  });
  return decision === 'allow';
};

describe('a 64-bit integer in JSON', () => {
  const ends = [-(2n ** 63n), 2n ** 63n - 1n, 2n ** 53n, 2n ** 53n + 1n, -(2n ** 53n) - 1n, 0n, -1n];

  it('reaches the engine exactly, whatever its size', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.constantFrom(...ends)),
        (n) => isExactly(n, longJson(n)),
      ),
      { numRuns: 60, examples: ends.map((n) => [n]) },
    );
  });

  it('survives the reading of a file that a person or another tool wrote', () => {
    for (const n of ends) {
      const { value }: { value: CedarJson } = JSON.parse(withExactLongs(`{"value": ${n}}`));
      expect(isExactly(n, value), String(n)).to.equal(true);
    }
  });

  it('is written in full for other tools, and read back', () => {
    for (const n of ends) {
      const text = textWithExactLongs({ value: longJson(n) });
      expect(text).to.equal(`{\n  "value": ${n}\n}`);
      expect(JSON.parse(withExactLongs(text))).to.deep.equal({ value: longJson(n) });
    }
  });

  it('is not looked for in texts, fractions and exponents', () => {
    const json =
      '{"9223372036854775807": "say \\"9223372036854775807\\"", "f": 1.5, "e": 1e3, "n": [-7, 42]}';
    expect(withExactLongs(json)).to.equal(json);
  });
});
