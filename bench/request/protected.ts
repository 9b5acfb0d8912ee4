import { DECISION_MODES } from '../../authz/tables/registry.ts';
import { expectStatus, type Sent } from '../client.ts';
import type { Effort } from '../samples.ts';
import type { Row, Table } from '../table.ts';
import { openGateways } from './gateways.ts';
import { LOAD, loadRow, underLoad } from './load.ts';

const COUNT = { full: 2_000, quick: 16 };

/** What protection costs a route: the same route without it, and with each decider at each distance from the answer. */
export async function protectedRoute(effort: Effort): Promise<Table> {
  const count = COUNT[effort];
  const gateways = await openGateways();
  const { protectedUrl, publicUrl } = gateways;
  const put = (origin: string, id: string, token: string): Sent => ({
    method: 'PUT',
    url: `${origin}/things/${id}`,
    token,
    body: {},
  });
  const measure = async (what: string, sent: (n: number) => Sent): Promise<Row> => {
    const send = (n: number): Promise<unknown> => expectStatus(200, sent(n));
    // Connections, caches and the optimizer's first looks are nobody's figure.
    await underLoad(Math.ceil(count / 10), () => send(-1));
    return loadRow(what, await underLoad(count, send));
  };
  try {
    const [known = ''] = await gateways.tokens('embedded', 1);
    const rows = [
      await measure('the route without protection', () => put(publicUrl, '1', known)),
      await measure('decision remembered by the gateway', () => put(protectedUrl, '1', known)),
    ];
    for (const mode of DECISION_MODES) {
      const [same = '', warm = '', ...tokens] = await gateways.tokens(mode, 2 + count);
      rows.push(
        [mode],
        await measure('  token known', (n) => put(protectedUrl, `${mode}-${n}`, same)),
        await measure('  token never seen', (n) => put(protectedUrl, '2', tokens[n] ?? warm)),
      );
    }
    return {
      title: 'A route with and without protection, 8 clients at once, milliseconds',
      columns: LOAD,
      rows,
      note:
        'Clients, REST gateway, authorizer, service and the emulated Verified Permissions share one process and one ' +
        'thread, so that what the store does is counted too. 51 policies. On AWS the network comes on top of each hop.',
    };
  } finally {
    await gateways.close();
  }
}
