import { LRUCache } from 'lru-cache';
import { canonicalJson } from '../../cedar/canonical-json.ts';
import { sha256Hex } from '../../cedar/hash.ts';
import type { Model } from '../../cedar/model.ts';
import { cedarSchema } from '../schema/cedar-schema.ts';
import { gatewaySchema } from '../schema/gateway-schema.ts';
import { tokenSchema } from '../schema/token-schema.ts';
import type { SchemaExtension, StoreSchema, TenantKind, TokenUse } from './tenant.ts';

/** The schemas of a tenant, for its stores and for validation. */
export interface TenantSchemas {
  readonly full: StoreSchema;
  /** The full one without what the tenant adds, and the names of the attributes that it adds. */
  readonly common: StoreSchema;
  readonly added: ReadonlySet<string>;
  readonly gateway: StoreSchema;
  /** The gateway's, where its store is asked with the tokens of a kind of tenant. */
  readonly withToken: (kind: TenantKind, use: TokenUse) => StoreSchema;
}

/** Each up to 100,000 bytes. */
const EXTENSIONS = 1_000;

/** Makes the schemas of tenants; those with the same extension, nearly always none, share them. */
export function tenantSchemas(model: Model): (extension: SchemaExtension) => TenantSchemas {
  let bases: Pick<TenantSchemas, 'common' | 'gateway'> | undefined;
  const made = new LRUCache<string, TenantSchemas>({ max: EXTENSIONS });
  const tokenSchemas = new Map<string, StoreSchema>();
  const withToken: TenantSchemas['withToken'] = (kind, use) => {
    const key = `${kind} ${use}`;
    const schema = tokenSchemas.get(key) ?? storeSchema(tokenSchema(model, kind, use));
    tokenSchemas.set(key, schema);
    return schema;
  };
  return (extension) => {
    const key = canonicalJson(extension);
    const known = made.get(key);
    if (known) return known;
    // What a tenant adds is unknown at the gateway.
    bases ??= { common: storeSchema(cedarSchema(model, {})), gateway: storeSchema(gatewaySchema(model)) };
    const added = new Set(Object.values(extension).flatMap((attributes) => Object.keys(attributes)));
    const full = added.size === 0 ? bases.common : storeSchema(cedarSchema(model, extension));
    const schemas = { full, ...bases, added, withToken };
    made.set(key, schemas);
    return schemas;
  };
}

function storeSchema(schema: object): StoreSchema {
  const cedarJson = canonicalJson(schema);
  return { cedarJson, sha256: sha256Hex(cedarJson) };
}
