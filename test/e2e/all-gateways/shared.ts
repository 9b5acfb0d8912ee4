import { share } from '../cloud.ts';

/** All gateways before one service, and memories so long that nothing expires while a test runs. */
export const sharedCloud = share(
  {
    gateways: '["rest","http","websocket"]',
    webSocketOperation: 'GET /accounts',
    gatewayTtlSeconds: '300',
    usagePlans: JSON.stringify({
      default: { rate: 1000, burst: 1000 },
      partner: { rate: 500, burst: 1000 },
      slow: { rate: 1, burst: 4 },
    }),
  },
  ['acme', 'globex', 'ledger', 'retail'],
);
