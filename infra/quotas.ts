import type { Model } from '../cedar/model.ts';
import type { Tenant } from '../dsl/tenants/tenant.ts';
import { tierOf } from './tiers.ts';

/** How near the tenants of a stack come to one limit of the account, per Region unless `quota` says otherwise. */
export interface QuotaUse {
  readonly service: string;
  readonly quota: string;
  readonly used: number;
  readonly limit: number;
  /** What to ask for when it is not enough; absent: AWS raises it for nobody. */
  readonly raise?: string;
}

export interface QuotaInput {
  readonly tenants: readonly Tenant[];
  readonly model: Model;
}

/** Of services that share what all of them use: one pool, made with the first. */
const isService = ({ kind }: Tenant): boolean => kind === 'serviceClient';
/** Users of an issuer of their own have no pool here. */
const hasPool = (tenant: Tenant): boolean => !isService(tenant) && tenant.identity === undefined;

/**
 * Counts what the program makes of these tenants against the default limits of an account. Sources: quotas pages of the
 * Verified Permissions User Guide, the Cognito Developer Guide and the API Gateway Developer Guide.
 */
export function quotaUses({ tenants, model }: QuotaInput): QuotaUse[] {
  const services = tenants.filter(isService).length;
  const pools = tenants.filter(hasPool).length + (services > 0 ? 1 : 0);
  const routes = Object.values(model.actions).flatMap(({ route }) => route ?? []);
  const all = [...routes, ...model.publicRoutes];
  return [
    {
      service: 'Verified Permissions',
      quota: 'policy stores',
      used: 2 * tenants.length,
      limit: 30_000,
      raise: 'Service Quotas, verifiedpermissions, L-919F2C9C',
    },
    {
      service: 'Verified Permissions',
      quota: 'bytes of a schema, the largest',
      used: largest(tenants.map(({ schema }) => Buffer.byteLength(schema.cedarJson))),
      limit: 100_000,
      raise: 'Service Quotas, verifiedpermissions, schema size',
    },
    {
      service: 'Verified Permissions',
      quota: 'bytes of policies on no one resource, the largest store',
      used: largest(tenants.map(bytesOnNoResource)),
      limit: 200_000,
      raise: 'AWS Support, with conditions; or the decision mode embedded, which has no such limit',
    },
    {
      service: 'Cognito',
      quota: 'user pools',
      used: pools,
      limit: 1000,
      raise: 'Service Quotas, cognito-idp, up to 10,000; beyond, another cell (account or Region)',
    },
    {
      service: 'Cognito',
      quota: 'app clients of a pool, the machines’',
      used: services,
      limit: 1000,
      raise: 'Service Quotas, cognito-idp, up to 10,000',
    },
    {
      service: 'Cognito',
      quota: 'groups of a pool, the largest',
      used: Object.keys(model.groups).length + largest(tenants.map(({ groups }) => groups.length)),
      limit: 10_000,
    },
    {
      service: 'API Gateway',
      quota: 'resources of a REST API',
      used: resources(all.map(({ path }) => path)),
      limit: 300,
      raise: 'Service Quotas, apigateway; or split the API document',
    },
    {
      service: 'API Gateway',
      quota: 'routes of an HTTP API',
      used: all.length,
      limit: 300,
      raise: 'Service Quotas, apigateway; or split the API document',
    },
    { service: 'API Gateway', quota: 'authorizers of an API', used: 2, limit: 10, raise: 'AWS Support' },
    { service: 'API Gateway', quota: 'API keys', used: tenants.length, limit: 10_000 },
    {
      service: 'API Gateway',
      quota: 'usage plans',
      used: new Set(tenants.map(tierOf)).size,
      limit: 300,
      raise: 'Service Quotas, apigateway',
    },
  ];
}

export const isExceeded = ({ used, limit }: QuotaUse): boolean => used > limit;

/** Rates are limits of the traffic, which no file tells: what the default ones come to. A line each. */
export function rates({ tenants }: Pick<QuotaInput, 'tenants'>): string[] {
  // CreatePolicyStore is held to 1 a second for an account, and not raised.
  const minutes = Math.ceil((2 * tenants.length) / 60);
  return [
    'gateway: 10,000 requests a second for the account, all its APIs together (adjustable)',
    'decisions: 200 a second for each tenant’s gateway store (adjustable); the mode embedded asks no store',
    'writes: 10 policies a second to a store, so that 100 policies take 10 s',
    'tokens of services: 150 requests a second for the account, not adjustable: services keep their tokens',
    `a first deployment takes ${minutes} min at least: one policy store a second, two a tenant, not adjustable`,
  ];
}

const largest = (numbers: readonly number[]): number => Math.max(0, ...numbers);

/** Policies whose scope names no resource share one allowance (Verified Permissions User Guide, "Quotas"). */
const bytesOnNoResource = ({ policies }: Tenant): number =>
  policies
    .filter(({ policy }) => policy.resource.kind === 'any' || policy.resource.kind === 'is')
    .reduce((sum, { statement }) => sum + Buffer.byteLength(statement), 0);

/** Every part of every path is one resource: `/order/{id}` is two. The root is there anyway. */
function resources(paths: readonly string[]): number {
  const prefixes = paths.flatMap((path) => {
    const parts = path.split('/').filter((part) => part !== '');
    return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  });
  return new Set(prefixes).size + 1;
}
