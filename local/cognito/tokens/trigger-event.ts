import {
  type Group,
  type PoolClient,
  statusOf,
  type TriggerVersion,
  type User,
  type UserPool,
} from '../pool.ts';

export type TriggerSource =
  | 'TokenGeneration_Authentication'
  | 'TokenGeneration_HostedAuth'
  | 'TokenGeneration_RefreshTokens';

export interface Subject {
  readonly pool: UserPool;
  readonly client: PoolClient;
  readonly user: User;
  readonly groups: readonly Group[];
}

/**
 * The event that a pre token generation trigger gets (Cognito Developer Guide, "Pre token generation Lambda
 * trigger"). Without client metadata: these ways of signing in do not hand it on (API Reference, InitiateAuth).
 */
export function triggerEvent(
  version: TriggerVersion,
  source: TriggerSource,
  { pool, client, user, groups }: Subject,
  scopes: readonly string[],
): object {
  return {
    version: version.charAt(1),
    triggerSource: source,
    region: pool.id.slice(0, pool.id.indexOf('_')),
    userPoolId: pool.id,
    userName: user.username,
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: client.id },
    request: {
      userAttributes: {
        sub: user.sub,
        'cognito:user_status': statusOf(user),
        ...Object.fromEntries(user.attributes),
      },
      groupConfiguration: {
        groupsToOverride: groups.map(({ name }) => name),
        iamRolesToOverride: [],
        preferredRole: null,
      },
      ...(version !== 'V1_0' && { scopes }),
    },
    response: version === 'V1_0' ? { claimsOverrideDetails: null } : { claimsAndScopeOverrideDetails: null },
  };
}

/** An application that signs in as itself. */
export interface Machine {
  readonly pool: UserPool;
  readonly client: PoolClient;
  readonly scopes: readonly string[];
  /** What it sent as `aws_client_metadata`. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** The event of version 3 when nobody but the application itself is there. */
export const machineEvent = ({ pool, client, scopes, metadata }: Machine): object => ({
  version: '3',
  triggerSource: 'TokenGeneration_ClientCredentials',
  region: pool.id.slice(0, pool.id.indexOf('_')),
  userPoolId: pool.id,
  userName: client.id,
  callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: client.id },
  request: {
    userAttributes: {},
    groupConfiguration: { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null },
    scopes,
    ...(metadata && { clientMetadata: metadata }),
  },
  response: { claimsAndScopeOverrideDetails: null },
});
