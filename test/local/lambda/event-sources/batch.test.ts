import { expect } from 'chai';
import * as fc from 'fast-check';
import type { Invocation } from '../../../../local/lambda/host.ts';
import {
  afterDelivery,
  failedItems,
  type Batch,
  type RetryPolicy,
} from '../../../../local/lambda/event-sources/batch.ts';

const policy: RetryPolicy = {
  maximumRetryAttempts: 2,
  maximumRecordAgeSeconds: -1,
  bisect: false,
  reportsItemFailures: true,
};
const thrown: Invocation = { ok: false, error: { type: 'Error', message: 'no' }, timedOut: false };
const reported = (...identifiers: unknown[]): Invocation => ({
  ok: true,
  result: { batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })) },
});
const batch = (text: string, attempts = 0): Batch<string> => ({ records: text.split(''), attempts });
const after = (of: Batch<string>, answer: Invocation, more: Partial<RetryPolicy> = {}) =>
  afterDelivery(of, answer, { ...policy, ...more }, (record) => record);

describe('The answer of a function to a batch', () => {
  it('is a success without failures, and anything where failures are not reported', () => {
    for (const result of [null, {}, { batchItemFailures: [] }, { batchItemFailures: null }]) {
      expect(failedItems({ ok: true, result }, true)).to.eql([]);
    }
    expect(failedItems(reported('a'), false)).to.eql([]);
  });

  it('fails the whole batch when it throws, or names items that it cannot name', () => {
    for (const answer of [thrown, reported(''), reported(null), reported('a', undefined)]) {
      expect(failedItems(answer, true)).to.equal(undefined);
    }
    expect(failedItems({ ok: true, result: { batchItemFailures: 'a' } }, true)).to.equal(undefined);
  });
});

describe('A batch of a stream', () => {
  it('goes on at the lowest sequence number that failed', () => {
    expect(after(batch('abcde'), reported('d', 'b'))).to.eql({ next: [batch('bcde')] });
  });

  it('is tried again as a whole when nothing in it succeeded, or the failed record is none of its own', () => {
    expect(after(batch('abc'), reported('a'))).to.eql({ next: [batch('abc', 1)] });
    expect(after(batch('abc'), reported('x'))).to.eql({ next: [batch('abc', 1)] });
    expect(after(batch('abc'), thrown)).to.eql({ next: [batch('abc', 1)] });
  });

  it('is given up after its last retry, never where retries have no end', () => {
    expect(after(batch('abc', 2), thrown)).to.eql({ exhausted: batch('abc', 2) });
    expect(after(batch('abc', 999), thrown, { maximumRetryAttempts: -1 })).to.eql({
      next: [batch('abc', 1000)],
    });
  });

  it('is split when the function failed, at no cost of retries', () => {
    expect(after(batch('abcde', 1), thrown, { bisect: true })).to.eql({
      next: [batch('abc', 1), batch('de', 1)],
    });
    expect(after(batch('a', 2), thrown, { bisect: true })).to.eql({ exhausted: batch('a', 2) });
  });

  it('ends, whatever the function answers, and every record is done or given up, none twice', () => {
    const answers = fc.infiniteStream(fc.constantFrom('fine', 'throws', 'first', 'last'));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.boolean(), answers, (size, bisect, behaviour) => {
        const waiting: Batch<number>[] = [
          { records: Array.from({ length: size }, (_, n) => n), attempts: 0 },
        ];
        const settled: number[] = [];
        let deliveries = 0;
        for (let one = waiting.shift(); one; one = waiting.shift()) {
          expect(++deliveries).to.be.at.most(4 * size * (policy.maximumRetryAttempts + 2));
          const how = behaviour.next().value;
          const answer =
            how === 'throws'
              ? thrown
              : how === 'fine'
                ? reported()
                : reported(String(how === 'first' ? one.records[0] : one.records.at(-1)));
          const outcome = afterDelivery(one, answer, { ...policy, bisect }, String);
          const kept = 'next' in outcome ? outcome.next.flatMap(({ records }) => records) : [];
          settled.push(...one.records.filter((record) => !kept.includes(record)));
          if ('next' in outcome) waiting.unshift(...outcome.next);
        }
        expect(settled).to.eql(Array.from({ length: size }, (_, n) => n));
      }),
    );
  });
});
