import type { Policy } from '../../cedar/ast.ts';
import { policyFromPlain } from '../../cedar/json.ts';
import type { ValueType } from '../../cedar/model.ts';
import { DECISION_MODES } from '../tenants/decision-mode.ts';
import { type Service, TIER } from '../tenants/service.ts';
import type {
  SchemaExtension,
  TenantDefinition,
  TenantKind,
  TestUser,
  TestUserValue,
} from '../tenants/tenant.ts';
import { SLUG } from './default-export.ts';
import { readIdentity } from './plain-identity.ts';
import {
  MalformedError,
  readEntries,
  readFields,
  readInteger,
  readList,
  readOneOf,
  readText,
} from './reading.ts';

const KINDS: readonly TenantKind[] = ['customerApp', 'workforceApp', 'serviceClient', 'saasTenant'];
const SIMPLE_TYPES = ['String', 'Long', 'Bool', 'ipaddr', 'decimal', 'datetime', 'duration'] as const;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** As Cognito has it (CreateGroup, CreateUser): up to 128 characters that print, no space. */
const COGNITO_NAME = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u;
/** Verified tokens are looked at afresh at least once an hour. */
const LONGEST_TTL_SECONDS = 3_600;

/**
 * A tenant from the JSON that the sandbox handed back. What ran there may be hostile: everything is rebuilt field by
 * field.
 * @throws {MalformedError} or PolicyError for anything that no builder makes
 */
export function tenantFromPlain(json: unknown): TenantDefinition {
  const plain = readFields(
    json,
    'the tenant',
    [
      'kind',
      'slug',
      'groups',
      'attributes',
      'policies',
      'users',
      'tokenUse',
      'decisionMode',
      'tokenTtlSeconds',
      'dataTenants',
    ],
    ['identity', 'service'],
  );
  return {
    kind: readOneOf(plain.kind, 'kind', KINDS),
    slug: readText(plain.slug, 'slug', SLUG),
    groups: readList(plain.groups, 'groups', (group, path) => readText(group, path, COGNITO_NAME)),
    attributes: readExtension(plain.attributes),
    policies: policiesFromPlain(plain.policies),
    users: readEntries(plain.users, 'users', readUser),
    tokenUse: readOneOf(plain.tokenUse, 'tokenUse', ['access', 'id']),
    decisionMode: readOneOf(plain.decisionMode, 'decisionMode', DECISION_MODES),
    tokenTtlSeconds: readInteger(plain.tokenTtlSeconds, 'tokenTtlSeconds', 0, LONGEST_TTL_SECONDS),
    dataTenants: readList(plain.dataTenants, 'dataTenants', (slug, path) => readText(slug, path, SLUG)),
    ...(plain.identity !== undefined && { identity: readIdentity(plain.identity) }),
    ...(plain.service !== undefined && { service: readService(plain.service) }),
  };
}

/** @throws {MalformedError} or PolicyError for anything that no builder makes */
export const policiesFromPlain = (json: unknown): Policy[] => readList(json, 'policies', policyFromPlain);

const readExtension = (json: unknown): SchemaExtension => readEntries(json, 'attributes', readAttributes);

const readAttributes = (json: unknown, path: string): SchemaExtension[string] =>
  readEntries(json, path, (attribute, at) => {
    const { type, required } = readFields(attribute, at, ['type', 'required']);
    if (!NAME.test(at.slice(path.length + 1))) throw new MalformedError(at, 'attribute name');
    return { type: readType(type, at), required: readOneOf(required, at, [true, false]) };
  });

function readType(json: unknown, path: string): ValueType {
  const { kind, of, name, attributes } = readFields(json, path, ['kind'], ['of', 'name', 'attributes']);
  if (kind === 'Set') return { kind, of: readType(of, path) };
  if (kind === 'Entity') return { kind, name: readText(name, path, NAME) };
  if (kind === 'Record') return { kind, attributes: readAttributes(attributes, path) };
  return { kind: readOneOf(kind, path, SIMPLE_TYPES) };
}

function readService(json: unknown): Service {
  const { tier, scopes, ...client } = readFields(json, 'service', ['tier', 'scopes', 'groups', 'attributes']);
  const { groups = [], attributes = {} } = readPerson(client, 'service');
  return {
    tier: readText(tier, 'service.tier', TIER),
    scopes: readList(scopes, 'service.scopes', (scope, path) => readText(scope, path)),
    groups,
    attributes,
  };
}

function readUser(json: unknown, path: string): TestUser {
  readText(path.slice('users.'.length), path, COGNITO_NAME);
  return readPerson(json, path);
}

function readPerson(json: unknown, path: string): TestUser {
  const { groups, attributes } = readFields(json, path, [], ['groups', 'attributes']);
  return {
    ...(groups !== undefined && {
      groups: readList(groups, `${path}.groups`, (name, at) => readText(name, at)),
    }),
    ...(attributes !== undefined && {
      attributes: readEntries(attributes, `${path}.attributes`, readUserValue),
    }),
  };
}

function readUserValue(json: unknown, path: string): TestUserValue {
  if (Array.isArray(json)) return readList(json, path, readUserValue);
  if (typeof json === 'object') return readEntries(json, path, readUserValue);
  if (typeof json === 'string' || typeof json === 'boolean') return json;
  return readInteger(json, path, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
}
