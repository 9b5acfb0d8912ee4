import * as fc from 'fast-check';
import { expect } from 'chai';
import { shop } from '../../types/shop.ts';
import { cedarOf, loose } from './reading.ts';

const { permit, entity } = shop;

/** Calls that do not get in each other's way. */
const calls = {
  principalIs: 'User',
  principalInGroup: 'admins',
  actions: ['GET /order/{id}', 'POST /order'],
  resourceIs: 'Order',
  resourceIn: entity('Folder', 'f'),
} as const;
const names = Object.keys(calls);

describe('the order of calls', () => {
  it('does not change the policy', () => {
    const inOrder = (order: readonly string[]): string => {
      // Each order is of a type of its own; what one call does to the next is for the compiler's tests.
      const policy = order.reduce<Record<string, (value: unknown) => never>>(
        (before, name) => before[name]!(calls[loose(name)]),
        loose(permit()),
      );
      return cedarOf(policy['id']!('x'));
    };
    const expected = inOrder(names);
    expect(expected).to.include('principal is Shop::User in Shop::Group::"acme|admins"');
    fc.assert(
      fc.property(fc.shuffledSubarray(names, { minLength: names.length }), (order) => {
        expect(inOrder(order)).to.equal(expected);
      }),
      { numRuns: 60 },
    );
  });
});
