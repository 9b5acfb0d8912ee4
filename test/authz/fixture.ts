import type { Attribute, Model, PrincipalAttribute, ValueType } from '../../cedar/model.ts';
import { registryKey, type RegistryRow } from '../../authz/tables/registry.ts';

/** A lending library: small, and with one of everything that request handling distinguishes. */
const text: ValueType = { kind: 'String' };
const required = (type: ValueType): Attribute => ({ type, required: true });
const fromClaim = (claim: string, attribute: Attribute): PrincipalAttribute => ({
  ...attribute,
  from: { source: 'claim', claim },
});

export const model: Model = {
  namespace: 'Library',
  principalTypes: {
    Reader: {
      kinds: ['saasTenant', 'customerApp'],
      attributes: {
        tenant: { ...required(text), from: { source: 'tenant' } },
        kind: { ...required(text), from: { source: 'kind' } },
        suspended: fromClaim('suspended', required({ kind: 'Bool' })),
        role: { ...fromClaim('role', required(text)), default: 'NONE' },
        level: fromClaim('level', { type: { kind: 'Long' }, required: false }),
        joined: fromClaim('joined', { type: { kind: 'datetime' }, required: false }),
      },
    },
  },
  entityTypes: {
    Group: { parents: [], attributes: {}, tenancy: 'tenant' },
    Book: { parents: [], attributes: { tenant: required(text) }, tenancy: 'tenant' },
    Endpoint: {
      parents: [],
      attributes: { method: required(text), path: required(text) },
      tenancy: 'shared',
    },
  },
  actions: {
    'PUT /books/{id}': {
      groups: ['write'],
      principals: ['Reader'],
      resources: ['Book'],
      context: {},
      route: {
        method: 'PUT',
        path: '/books/{id}',
        key: 'putBook',
        resource: { type: 'Book', id: { from: 'path', parameter: 'id' } },
        sensitive: false,
      },
    },
    'POST /loans': {
      groups: ['write'],
      principals: ['Reader'],
      resources: ['Book'],
      context: {},
      route: {
        method: 'POST',
        path: '/loans',
        key: 'postLoan',
        resource: { type: 'Book', id: { from: 'backend' } },
        sensitive: true,
      },
    },
    'GET /search': {
      groups: [],
      principals: ['Reader'],
      resources: ['Endpoint'],
      context: {
        reason: { type: text, required: false, from: { source: 'header', name: 'X-Reason' } },
        limit: { type: { kind: 'Long' }, required: true, from: { source: 'query', name: 'limit' } },
        address: { type: { kind: 'ipaddr' }, required: true, from: { source: 'sourceIp' } },
        at: { type: { kind: 'datetime' }, required: true, from: { source: 'time' } },
        stock: { type: { kind: 'Long' }, required: true, from: { source: 'backend' } },
      },
      route: {
        method: 'GET',
        path: '/search',
        key: 'search',
        resource: { type: 'Endpoint', id: { from: 'endpoint' } },
        sensitive: false,
      },
    },
  },
  actionGroups: { change: { groups: [] }, write: { groups: ['change'] } },
  groups: { LIBRARIAN: { members: ['Reader'] } },
  publicRoutes: [],
};

export const POOL = 'us-east-1_Acme00001';
export const CLIENT = 'acmeclient';
export const issuerOf = (pool: string): string => `https://cognito-idp.us-east-1.amazonaws.com/${pool}`;

export const registryRow = (
  changes: Partial<RegistryRow> = {},
  issuer = issuerOf(POOL),
  client = CLIENT,
): RegistryRow => ({
  ...registryKey.client(issuer, client),
  slug: 'acme',
  kind: 'saasTenant',
  policyStoreId: 'PSfull',
  gatewayPolicyStoreId: 'PSgateway',
  tokenUse: 'access',
  audiences: [client],
  clientIdClaim: 'client_id',
  principalType: 'Reader',
  claimMap: { suspended: 'suspended', role: 'role', level: 'level', joined: 'joined' },
  decisionMode: 'verified-permissions',
  dataTenants: [],
  tokenTtlSeconds: 300,
  ...changes,
});

export const SUB = '5f0c1a52-0000-4000-8000-000000000001';

/** Claims of an access token as Cognito issues them, after our own hook. */
export const accessClaims = (changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  iss: issuerOf(POOL),
  sub: SUB,
  client_id: CLIENT,
  token_use: 'access',
  'cognito:groups': ['LIBRARIAN'],
  scope: 'aws.cognito.signin.user.admin',
  username: SUB,
  exp: Math.floor(Date.now() / 1000) + 600,
  iat: Math.floor(Date.now() / 1000),
  tenant_id: 'acme',
  suspended: false,
  role: 'NONE',
  ...changes,
});
