import { optionalFlag, optionalJson, optionalText, text, type Json } from '../../aws/input.ts';
import { AwsError } from '../../aws/service.ts';
import { readSchema, type AttributeSchema } from '../attributes/schema.ts';
import { invalidParameter } from '../errors.ts';
import { oneOf, refuseOthers } from '../fields.ts';
import { newPoolId } from '../identifiers.ts';
import { page } from '../paging.ts';
import { readPasswordPolicy } from '../passwords/policy.ts';
import type { PoolSettings, UserPool } from '../pool.ts';
import { findPool, seconds, type State } from '../state.ts';
import type { Operations } from './operations.ts';

/** Of a creation and an update alike. */
const SETTINGS = [
  'PoolName',
  'Policies',
  'DeletionProtection',
  'LambdaConfig',
  'AdminCreateUserConfig',
  'UserPoolTags',
  'UserPoolTier',
  'AccountRecoverySetting',
];
const MAX_NAME = 128;

/** User pools themselves. */
export function poolOperations(state: State): Operations {
  return {
    CreateUserPool(input) {
      refuseOthers(input, [...SETTINGS, 'Schema', 'UsernameConfiguration']);
      const id = newPoolId(state.region);
      const now = state.now();
      const pool: UserPool = {
        id,
        arn: `arn:aws:cognito-idp:${state.region}:${state.account}:userpool/${id}`,
        sequence: state.nextSequence(),
        createdAt: now,
        modifiedAt: now,
        // "This is the default value" (API Reference, UsernameConfigurationType).
        caseSensitive:
          optionalFlag(optionalJson(input, 'UsernameConfiguration') ?? {}, 'CaseSensitive') ?? true,
        attributes: readSchema(input),
        clients: new Map(),
        groups: new Map(),
        users: new Map(),
        identityProviders: new Map(),
        resourceServers: new Map(),
        settings: readSettings(input, text(input, 'PoolName'), 'ESSENTIALS'),
      };
      state.pools.set(id, pool);
      return { UserPool: described(pool) };
    },
    DescribeUserPool: (input) => ({ UserPool: described(findPool(state, input)) }),
    ListUserPools(input) {
      const names = { limit: 'MaxResults', token: 'NextToken' };
      const { entries, nextToken } = page('pools', state.pools.values(), input, names);
      return { UserPools: entries.map(summary), NextToken: nextToken };
    },
    // What a request leaves out gets its default again, but for the name and the tier (API Reference, UpdateUserPool).
    UpdateUserPool(input) {
      refuseOthers(input, [...SETTINGS, 'UserPoolId']);
      const pool = findPool(state, input);
      const { name, tier } = pool.settings;
      pool.settings = readSettings(input, optionalText(input, 'PoolName') ?? name, tier);
      pool.modifiedAt = state.now();
      return {};
    },
    DeleteUserPool(input) {
      const { id, domain, settings } = findPool(state, input);
      if (settings.deletionProtection === 'ACTIVE')
        throw invalidParameter(
          'The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.',
        );
      if (domain !== undefined)
        throw invalidParameter(
          'User pool cannot be deleted. It has a domain configured that should be deleted first.',
        );
      state.pools.delete(id);
      state.keys.forget(id);
      return {};
    },
  };
}

function readSettings(input: Json, name: string, tierBefore: PoolSettings['tier']): PoolSettings {
  if (!/^[\w\s+=,.@-]+$/.test(name) || name.length > MAX_NAME) throw invalidParameter('Invalid PoolName');
  const tier =
    oneOf(optionalText(input, 'UserPoolTier'), ['LITE', 'ESSENTIALS', 'PLUS'], 'UserPoolTier') ?? tierBefore;
  const policies = optionalJson(input, 'Policies') ?? {};
  refuseOthers(policies, ['PasswordPolicy'], 'Policies.');
  const admin = optionalJson(input, 'AdminCreateUserConfig') ?? {};
  refuseOthers(admin, ['AllowAdminCreateUserOnly'], 'AdminCreateUserConfig.');
  const recovery = optionalJson(input, 'AccountRecoverySetting');
  const preTokenTrigger = readTrigger(input, tier);
  return {
    name,
    tier,
    deletionProtection:
      oneOf(optionalText(input, 'DeletionProtection'), ['ACTIVE', 'INACTIVE'], 'DeletionProtection') ??
      'INACTIVE',
    adminCreateUserOnly: optionalFlag(admin, 'AllowAdminCreateUserOnly') ?? false,
    passwordPolicy: readPasswordPolicy(optionalJson(policies, 'PasswordPolicy')),
    ...(preTokenTrigger && { preTokenTrigger }),
    ...(recovery && { recovery }),
    tags: Object.fromEntries(
      Object.entries(optionalJson(input, 'UserPoolTags') ?? {}).map(([key, value]) => [key, String(value)]),
    ),
  };
}

/** `PreTokenGeneration` is the older way to set a trigger of version 1. */
function readTrigger(input: Json, tier: PoolSettings['tier']): PoolSettings['preTokenTrigger'] {
  const lambdas = optionalJson(input, 'LambdaConfig') ?? {};
  refuseOthers(lambdas, ['PreTokenGeneration', 'PreTokenGenerationConfig'], 'LambdaConfig.');
  const older = optionalText(lambdas, 'PreTokenGeneration');
  const config = optionalJson(lambdas, 'PreTokenGenerationConfig');
  if (!config) return older === undefined ? undefined : { arn: older, version: 'V1_0' };
  const arn = text(config, 'LambdaArn');
  if (older !== undefined && older !== arn)
    throw invalidParameter('PreTokenGeneration and PreTokenGenerationConfig must name the same function');
  const version = oneOf(text(config, 'LambdaVersion'), ['V1_0', 'V2_0', 'V3_0'], 'LambdaVersion') ?? 'V1_0';
  if (tier === 'LITE' && version !== 'V1_0')
    throw new AwsError(
      'FeatureUnavailableInTierException',
      `The trigger version ${version} needs the tier ESSENTIALS or PLUS`,
    );
  return { arn, version };
}

const summary = ({ id, settings, createdAt, modifiedAt }: UserPool): Json => ({
  Id: id,
  Name: settings.name,
  LambdaConfig: lambdaConfig(settings),
  CreationDate: seconds(createdAt),
  LastModifiedDate: seconds(modifiedAt),
});

const lambdaConfig = ({ preTokenTrigger: trigger }: PoolSettings): Json =>
  trigger
    ? {
        PreTokenGeneration: trigger.arn,
        PreTokenGenerationConfig: { LambdaArn: trigger.arn, LambdaVersion: trigger.version },
      }
    : {};

const described = (pool: UserPool): Json => ({
  ...summary(pool),
  Arn: pool.arn,
  Policies: { PasswordPolicy: pool.settings.passwordPolicy },
  DeletionProtection: pool.settings.deletionProtection,
  SchemaAttributes: [...pool.attributes.values()].map(attributeToWire),
  AdminCreateUserConfig: { AllowAdminCreateUserOnly: pool.settings.adminCreateUserOnly },
  UsernameConfiguration: { CaseSensitive: pool.caseSensitive },
  MfaConfiguration: 'OFF',
  EstimatedNumberOfUsers: pool.users.size,
  UserPoolTier: pool.settings.tier,
  Domain: pool.domain,
  UserPoolTags: pool.settings.tags,
  ...(pool.settings.recovery && { AccountRecoverySetting: pool.settings.recovery }),
});

const attributeToWire = ({ name, type, mutable, required, min, max }: AttributeSchema): Json => ({
  Name: name,
  AttributeDataType: type,
  DeveloperOnlyAttribute: false,
  Mutable: mutable,
  Required: required,
  ...(type === 'String' && { StringAttributeConstraints: { MinLength: bound(min), MaxLength: bound(max) } }),
  ...(type === 'Number' && { NumberAttributeConstraints: { MinValue: bound(min), MaxValue: bound(max) } }),
});

const bound = (value: number | undefined): string | undefined => value?.toString();
