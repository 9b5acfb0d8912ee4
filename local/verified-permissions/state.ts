import type { Json } from '../aws/input.ts';
import { notFound } from './errors.ts';
import type { Consistency } from './eventual-map.ts';
import { readText } from './fields.ts';
import { createOnce, type Once } from './idempotency.ts';
import type { Store } from './store.ts';

/** What all operations share. */
export interface State {
  readonly stores: Map<string, Store>;
  readonly consistency: Consistency;
  readonly once: Once;
  arnOf(policyStoreId: string): string;
  /** The store that a request names. @throws AwsError ResourceNotFoundException */
  find(input: Json): Store;
  /** Now, as the service writes it. */
  date(): string;
  /** Rises with everything that is made. */
  nextSequence(): number;
}

export function createState(account: string, consistency: Consistency): State {
  const stores = new Map<string, Store>();
  let sequence = 0;
  return {
    stores,
    consistency,
    once: createOnce(consistency.now),
    // Without a region (Verified Permissions User Guide, "Amazon Resource Names").
    arnOf: (policyStoreId) => `arn:aws:verifiedpermissions::${account}:policy-store/${policyStoreId}`,
    find(input) {
      const id = readText(input, 'policyStoreId', 'policyStoreId');
      const store = stores.get(id);
      if (!store) throw notFound('POLICY_STORE', id);
      return store;
    },
    date: () => new Date(consistency.now()).toISOString(),
    nextSequence: () => sequence++,
  };
}
