import { expect } from 'chai';
import { actionAncestorProblems } from '../../../dsl/check/action-ancestors.ts';
import { policyOf } from '../../../dsl/policy/policy-of.ts';
import { shop } from '../../types/shop.ts';

const { permit, actionEntity, record, set } = shop;
const site = { file: 'a.ts', line: 1, column: 1 };
type Condition = Parameters<ReturnType<typeof permit>['when']>[0];
const codes = (condition: Condition): readonly string[] =>
  actionAncestorProblems([{ policy: policyOf(permit().when(condition).id('x')), site }]).map(
    ({ code }) => code,
  );

describe('a test of what an action is in', () => {
  it('is about the action that is asked for', () => {
    expect(codes(({ action }) => action.in(['customer:read', 'POST /order']))).to.deep.equal([]);
    expect(codes(({ action }) => action.isIn('Action', [actionEntity('customer:read')]))).to.deep.equal([]);
    expect(codes(({ action }) => set([actionEntity('POST /order')]).contains(action))).to.deep.equal([]);
  });

  it('is refused where it is about a named one, on whatever way, because deciders would differ', () => {
    const refused: readonly Condition[] = [
      () => actionEntity('GET /customer/{id}').in('customer:read'),
      ({ action }) => action.eq('POST /order').and(actionEntity('POST /order').isIn('Action', action).not()),
      ({ action, principal }) =>
        principal.department.eq('x').ifElse(actionEntity('POST /order'), action).in('customer:read'),
      () => record({ a: actionEntity('GET /customer/{id}') }).a.in('customer:read'),
    ];
    for (const condition of refused) expect(codes(condition)).to.deep.equal(['NAMED_ACTION_IN']);
  });
});
