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
  readonly gateway: StoreSchema;
  /** The gateway's, where its store is asked with the tokens of a kind of tenant. */
  readonly withToken: (kind: TenantKind, use: TokenUse) => StoreSchema;
}

/** Makes the schemas of tenants; those with the same extension, nearly always none, share them. */
export function tenantSchemas(model: Model): (extension: SchemaExtension) => TenantSchemas {
  let gateway: StoreSchema | undefined;
  const made = new Map<string, TenantSchemas>();
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
    gateway ??= storeSchema(gatewaySchema(model));
    const schemas = { full: storeSchema(cedarSchema(model, extension)), gateway, withToken };
    made.set(key, schemas);
    return schemas;
  };
}

function storeSchema(schema: object): StoreSchema {
  const cedarJson = canonicalJson(schema);
  return { cedarJson, sha256: sha256Hex(cedarJson) };
}
