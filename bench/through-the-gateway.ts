import pLimit from 'p-limit';
import { expectStatus, type Sent } from './client.ts';
import type { OpenCloud } from './cloud/open.ts';
import { type Effort, sideBySide, timed } from './samples.ts';
import { compared, COMPARISON, type Table } from './table.ts';

const ROUNDS = { full: { rounds: 200, warmUp: 30 }, quick: { rounds: 5, warmUp: 1 } };
/** At once, while payees are made. */
const PARALLEL = 4;
const NEW_PAYEE = {
  customerId: 'cus-acme',
  name: 'Bench Ltd',
  country: 'DE',
  currency: 'EUR',
  iban: 'DE89370400440532013000',
};

/** What a client waits for: one operation, with the decision made now, remembered by the gateway, or left out. */
export async function throughTheGateway(cloud: OpenCloud, effort: Effort): Promise<Table> {
  const { gatewayUrl, backendUrl } = cloud;
  const { rounds, warmUp } = ROUNDS[effort];
  const alice = await cloud.token('acme', 'alice');
  const bob = await cloud.token('acme', 'bob');
  const known = edit(gatewayUrl, 'pay-acme-1');
  const cold = await timed(() => expectStatus(200, { ...known, token: alice }));

  const tokens = await cloud.tokens('acme', 'alice', warmUp + rounds);
  const payees = await pLimit(PARALLEL).map(tokens, () => createPayee(gatewayUrl, alice));
  const measured = await sideBySide(
    [
      {
        what: 'the backend alone, which decides on the row itself',
        work: () => expectStatus(200, { ...edit(backendUrl, 'pay-acme-1'), token: alice }),
      },
      {
        what: 'gateway: decision remembered',
        work: () => expectStatus(200, { ...known, token: alice }),
      },
      {
        what: 'gateway: first decision',
        work: (round) => expectStatus(200, { ...edit(gatewayUrl, payees[round]!), token: alice }),
      },
      {
        what: 'gateway: first decision, token never seen',
        work: (round) => expectStatus(200, { ...known, token: tokens[round]! }),
      },
      {
        what: 'gateway: first decision, a deny',
        work: (round) => expectStatus(403, { ...edit(gatewayUrl, payees[round]!), token: bob }),
      },
      {
        what: 'GET /health: the backend alone',
        work: () => expectStatus(200, { method: 'GET', url: `${backendUrl}/health` }),
      },
      {
        what: 'GET /health: gateway, no authorizer',
        work: () => expectStatus(200, { method: 'GET', url: `${gatewayUrl}/health` }),
      },
    ],
    { rounds, warmUp },
  );
  return {
    title: 'Through the gateway: PUT /payees/{id} over HTTP with real tokens, milliseconds',
    columns: COMPARISON,
    rows: compared([...measured, { what: 'the very first decision: the function starts', samples: [cold] }]),
    note:
      'First: a combination of method, path and token that the gateway has not seen, so it asks the authorizer, which ' +
      'asks the emulated Verified Permissions. Gateway, function and store share a process here; the network is loopback.',
  };
}

const edit = (origin: string, payee: string): Sent => ({
  method: 'PUT',
  url: `${origin}/payees/${payee}`,
  body: {},
});

async function createPayee(gatewayUrl: string, token: string): Promise<string> {
  const sent = { method: 'POST', url: `${gatewayUrl}/payees`, token, body: NEW_PAYEE };
  const payee: { readonly id: string } = JSON.parse((await expectStatus(201, sent)).body);
  return payee.id;
}
