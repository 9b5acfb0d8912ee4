import type { ActionHierarchy } from './action-hierarchy.ts';
import { createEventualMap, type Consistency, type EventualMap } from './eventual-map.ts';
import type { IdentitySource } from './identity-source.ts';
import type { PolicyScope } from './policy-scope.ts';

export interface StoredPolicy {
  readonly policyId: string;
  readonly name?: string;
  readonly statement: string;
  readonly description?: string;
  readonly scope: PolicyScope;
  /** Place in listings. */
  readonly sequence: number;
  readonly createdDate: string;
  readonly lastUpdatedDate: string;
}

export interface StoredSchema {
  /** As it was put. */
  readonly text: string;
  readonly json: object;
  readonly namespaces: readonly string[];
  readonly actionGroups: ActionHierarchy;
  readonly createdDate: string;
  readonly lastUpdatedDate: string;
}

export interface StoreSettings {
  readonly mode: 'OFF' | 'STRICT';
  readonly deletionProtection: 'ENABLED' | 'DISABLED';
  readonly description?: string;
}

export interface Store {
  readonly policyStoreId: string;
  readonly arn: string;
  /** Place in listings. */
  readonly sequence: number;
  readonly createdDate: string;
  lastUpdatedDate: string;
  settings: StoreSettings;
  tags: Readonly<Record<string, string>>;
  readonly policies: EventualMap<StoredPolicy>;
  /** Under the one key `schema`. */
  readonly schema: EventualMap<StoredSchema>;
  readonly identitySources: EventualMap<IdentitySource>;
}

export const createStore = (
  facts: Omit<Store, 'lastUpdatedDate' | 'policies' | 'schema' | 'identitySources'>,
  consistency: Consistency,
): Store => ({
  ...facts,
  lastUpdatedDate: facts.createdDate,
  policies: createEventualMap(consistency),
  schema: createEventualMap(consistency),
  identitySources: createEventualMap(consistency),
});
