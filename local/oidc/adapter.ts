import type { Adapter, AdapterFactory, AdapterPayload, ClientMetadata } from 'oidc-provider';

interface Kept {
  readonly payload: AdapterPayload;
  /** Epoch milliseconds. */
  readonly until: number;
}

/**
 * What the provider keeps, in memory. Clients are not kept but asked for: pools and tenants come and go.
 * @param clientOf looks a client up
 */
export function adapterFactory(clientOf: (id: string) => ClientMetadata | undefined): AdapterFactory {
  const kept = new Map<string, Kept>();
  const find = (key: string): AdapterPayload | undefined => {
    const found = kept.get(key);
    return found && found.until > Date.now() ? found.payload : undefined;
  };
  const findBy = (model: string, property: 'uid' | 'userCode', value: string): AdapterPayload | undefined =>
    [...kept.keys()]
      .filter((key) => key.startsWith(`${model}:`))
      .map(find)
      .find((payload) => payload?.[property] === value);
  return (model): Adapter => ({
    async upsert(id, payload, expiresIn) {
      for (const [key, { until }] of kept) if (until <= Date.now()) kept.delete(key);
      const until = expiresIn === undefined ? Infinity : Date.now() + expiresIn * 1000;
      kept.set(`${model}:${id}`, { payload, until });
    },
    find: async (id) => (model === 'Client' ? clientOf(id) : find(`${model}:${id}`)),
    findByUid: async (uid) => findBy(model, 'uid', uid),
    findByUserCode: async (code) => findBy(model, 'userCode', code),
    async consume(id) {
      const payload = find(`${model}:${id}`);
      if (payload) payload.consumed = Math.floor(Date.now() / 1000);
    },
    destroy: async (id) => void kept.delete(`${model}:${id}`),
    async revokeByGrantId(grantId) {
      for (const [key, { payload }] of kept) if (payload.grantId === grantId) kept.delete(key);
    },
  });
}
