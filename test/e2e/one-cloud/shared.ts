import { share, type TestCloud } from '../cloud.ts';

/** With all gateways before one service, and a kind of tenant each. */
export const sharedCloud = share(
  {
    gateways: '["rest","http","websocket"]',
    webSocketOperation: 'GET /accounts',
    usagePlans: JSON.stringify({
      default: { rate: 1000, burst: 1000 },
      partner: { rate: 500, burst: 1000 },
      slow: { rate: 1, burst: 4 },
    }),
  },
  ['acme', 'globex', 'hooli', 'ledger', 'retail', 'staff'],
);

let remembering: Promise<TestCloud> | undefined;

/** From then on, the same cloud remembers decisions for so long that none expires while a test runs. */
export const rememberingCloud = (): Promise<TestCloud> => (remembering ??= remember());

async function remember(): Promise<TestCloud> {
  const cloud = await sharedCloud();
  await cloud.configure({ gatewayTtlSeconds: '300' });
  return cloud;
}
