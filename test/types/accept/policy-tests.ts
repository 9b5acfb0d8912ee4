import type { Testing } from '../../../dsl/testing/tests.ts';
import type { Api } from '../../dsl/testing/schema.ts';

declare const testing: Testing<Api>;
const { policies, sample } = testing;

const order = sample('Order', { labels: [], owner: 'alice', rate: '1.0', total: 1n });

export async function tests(): Promise<void> {
  const acme = await policies('acme');
  acme.can('alice', 'GET /orders');
  acme.can('alice', 'GET /orders', { type: 'Endpoint' });
  acme.can('alice', 'ShowButton', order()).by('x');
  acme.cannot('alice', 'ShowButton', order({ total: 2, labels: ['x'] })).because('x');
  acme.can('alice', 'GET /orders/{id}', order(), { ip: '::1', stock: 1, reason: 'x' });
  acme.can({ groups: ['admins', 'OWN'], attributes: { age: 1, manager: 'bob' } }, 'POST /orders', {
    type: 'Box',
  });
  acme.can({ user: 'alice', attributes: { suspended: true, tenant: 'x' } }, 'GET /orders');
  acme.can({ type: 'Robot', attributes: { kind: 'x' } }, 'GET /orders');
  acme.can('alice', 'ShowButton', {
    type: 'Order',
    id: 'o-1',
    attributes: { labels: [], owner: 'alice', rate: '1.0', total: 1, tenant: 'x' },
    parents: [{ type: 'Box', id: 'b' }],
    tags: { of: 'x' },
  });
  acme.table(
    [['GET /orders'], ['ShowButton', order()]],
    ['alice', 'can', 'cannot'],
    [{ groups: [] }, 'cannot', 'can'],
  );

  const gateway = await policies('acme', { phase: 'gateway' });
  gateway.can('alice', 'GET /orders/{id}', { type: 'Order' }, { ip: '::1' });
  gateway.can('alice', 'GET /orders/{id}', order(), { ip: '::1', stock: 1 });

  const extended = await policies<{ Order: { region: 'String'; weight: { type: 'Long'; optional: true } } }>(
    'globex',
  );
  const own = { labels: [], owner: 'alice', rate: '1.0', total: 1, region: 'EU' };
  extended.can('alice', 'ShowButton', { type: 'Order', attributes: own });
  extended.can('alice', 'ShowButton', { type: 'Order', attributes: { ...own, weight: 3 } });
}
