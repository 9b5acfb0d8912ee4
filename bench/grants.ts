import type { Question } from '../authz/decide/decider.ts';
import type { SnapshotPolicy } from '../authz/tables/sync-state.ts';
import { sha256Hex } from '../cedar/hash.ts';
import type { Model } from '../cedar/model.ts';

/**
 * Policies as a growing tenant has them: each lets one group do two of the API's operations, on what is its tenant's.
 * One of them matters to the question, whatever their number.
 */

const ACTIONS = 100;

const action = (number: number): string => `POST /things/${number % ACTIONS}`;
const group = (number: number): string => `acme|GROUP_${number}`;

const STRING = { kind: 'String' } as const;

export const model: Model = {
  namespace: 'Bench',
  principalTypes: {
    User: {
      kinds: ['saasTenant'],
      attributes: { tenant: { type: STRING, required: true, from: { source: 'tenant' } } },
    },
  },
  entityTypes: {
    Group: { parents: [], attributes: {}, tenancy: 'tenant' },
    Thing: { parents: [], attributes: { tenant: { type: STRING, required: true } }, tenancy: 'tenant' },
  },
  actions: Object.fromEntries(
    Array.from({ length: ACTIONS }, (_, number) => [
      action(number),
      { groups: ['write'], principals: ['User'], resources: ['Thing'], context: {} },
    ]),
  ),
  actionGroups: { write: { groups: [] } },
  groups: {},
  publicRoutes: [],
};

export const grants = (count: number): readonly SnapshotPolicy[] =>
  Array.from({ length: count }, (_, number) => {
    const actions = [number, number + 1].map((one) => `Bench::Action::${JSON.stringify(action(one))}`);
    const statement = `permit(principal in Bench::Group::${JSON.stringify(group(number))}, action in [${actions.join(', ')}], resource) when { principal.tenant == resource.tenant };`;
    return { id: `grant-${number}`, statement, sha256: sha256Hex(statement) };
  });

/** Somebody of the last group, so that an engine which stops at the first match gains nothing. */
export function question(count: number): Question {
  const principal = { type: 'Bench::User', id: 'acme|alice' };
  const resource = { type: 'Bench::Thing', id: '42' };
  const own = { type: 'Bench::Group', id: group(count - 1) };
  return {
    slug: `acme-${count}`,
    policyStoreId: 'none',
    principal,
    action: { type: 'Bench::Action', id: action(count - 1) },
    resource,
    context: {},
    entities: [
      { uid: principal, attrs: { tenant: 'acme' }, parents: [own] },
      { uid: own, attrs: {}, parents: [] },
      { uid: resource, attrs: { tenant: 'acme' }, parents: [] },
    ],
  };
}
