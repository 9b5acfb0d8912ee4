import { expect } from 'chai';
import * as fc from 'fast-check';
import { createRateLimit } from '../../../authz/backend/rate-limit.ts';

describe('a rate limit', () => {
  it('lets a burst pass, then as much as it says, and says how long to wait', () => {
    let now = 1_000;
    const limit = createRateLimit(10, 3, () => now);
    expect([limit('a'), limit('a'), limit('a'), limit('a')]).to.deep.equal([0, 0, 0, 100]);
    now += 99;
    expect(limit('a')).to.equal(1);
    now += 1;
    expect([limit('a'), limit('a')]).to.deep.equal([0, 100]);
    now += 10_000;
    expect([limit('a'), limit('a'), limit('a'), limit('a')]).to.deep.equal([0, 0, 0, 100]);
  });

  it('counts each key for itself', () => {
    const limit = createRateLimit(1, 1, () => 0);
    expect([limit('a'), limit('b'), limit('a')]).to.deep.equal([0, 0, 1_000]);
  });

  it('never lets more pass in any stretch of time than a burst and the rate', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(300), { maxLength: 200 }), (pauses) => {
        let now = 0;
        const limit = createRateLimit(10, 5, () => now);
        const passed: number[] = [];
        for (const pause of pauses) {
          now += pause;
          if (limit('a') === 0) passed.push(now);
        }
        for (const [from, begin] of passed.entries())
          for (const [to, end] of passed.entries())
            if (to >= from) expect(to - from + 1).to.be.at.most(5 + (end - begin) / 100);
      }),
      { numRuns: 100 },
    );
  });
});
