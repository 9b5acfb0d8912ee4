import { canonicalJson } from '../../cedar/canonical-json.ts';
import { sha256Hex } from '../../cedar/hash.ts';
import type { Model } from '../../cedar/model.ts';
import { cedarSchema } from '../schema/cedar-schema.ts';
import { gatewaySchema } from '../schema/gateway-schema.ts';
import type { SchemaExtension, StoreSchema } from './tenant.ts';

/** The schemas of a tenant, for its stores and for validation. */
export interface TenantSchemas {
  readonly full: StoreSchema;
  readonly gateway: StoreSchema;
}

/** Makes the schemas of tenants; those with the same extension, nearly always none, share them. */
export function tenantSchemas(model: Model): (extension: SchemaExtension) => TenantSchemas {
  let gateway: StoreSchema | undefined;
  const made = new Map<string, TenantSchemas>();
  return (extension) => {
    const key = canonicalJson(extension);
    const known = made.get(key);
    if (known) return known;
    // What a tenant adds is unknown at the gateway.
    gateway ??= storeSchema(gatewaySchema(model));
    const schemas = { full: storeSchema(cedarSchema(model, extension)), gateway };
    made.set(key, schemas);
    return schemas;
  };
}

function storeSchema(schema: object): StoreSchema {
  const cedarJson = canonicalJson(schema);
  return { cedarJson, sha256: sha256Hex(cedarJson) };
}
