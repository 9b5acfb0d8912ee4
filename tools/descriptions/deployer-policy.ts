import type { Authorization } from '../../test/infra/descriptions/authorization.ts';

/** What a program may be named after: the name of its Pulumi project. */
const PROJECT = 'cedarwright';

/** Asked for beside what CloudFormation asks for. */
export const ADDED: Readonly<Record<string, string>> = {
  'iam:ListInstanceProfilesForRole': 'the provider looks before it deletes a role',
  'lambda:ListVersionsByFunction': 'the provider reads the version of a function',
  'tag:GetResources': 'the program looks for what an interrupted deployment made and did not record',
};

/** Whole services that CloudFormation asks for, for properties that the program does not set. */
const OTHER_SERVICES: readonly string[] = [
  'cloudfront', // of custom domains of user pools
  'elasticfilesystem', // of functions with file systems
  'firehose', // of stages that log to Firehose
  'kinesis', // of tables that stream to Kinesis
  'kms', // of keys of one's own; AWS's own keys need no right
  's3', // of functions and APIs that are read from buckets
  's3files', // of functions with file systems
];

const actionsOf = (service: string, names: readonly string[]): readonly string[] =>
  names.map((name) => `${service}:${name}`);

/** Actions that CloudFormation asks for, for properties that the program does not set. */
export const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  'items are written by the security role alone': actionsOf('dynamodb', [
    'BatchWriteItem',
    'DeleteItem',
    'GetItem',
    'PutItem',
    'Query',
    'Scan',
    'UpdateItem',
  ]),
  'tables have no replicas, imports, expiry, insights and streams to Kinesis': actionsOf('dynamodb', [
    'AssociateTableReplica',
    'CreateTableReplica',
    'DescribeContributorInsights',
    'DescribeImport',
    'DescribeKinesisStreamingDestination',
    'DisableKinesisStreamingDestination',
    'EnableKinesisStreamingDestination',
    'ImportTable',
    'UpdateContributorInsights',
    'UpdateKinesisStreamingDestination',
    'UpdateTimeToLive',
  ]),
  'roles have inline policies alone': actionsOf('iam', [
    'AttachRolePolicy',
    'CreateServiceLinkedRole',
    'DeleteRolePermissionsBoundary',
    'DetachRolePolicy',
    'PutRolePermissionsBoundary',
  ]),
  'functions have no layers, versions, reservations and signatures': actionsOf('lambda', [
    'DeleteFunctionCodeSigningConfig',
    'DeleteFunctionConcurrency',
    'GetCodeSigningConfig',
    'GetFunctionRecursionConfig',
    'GetFunctionScalingConfig',
    'GetLayerVersion',
    'GetRuntimeManagementConfig',
    'PassCapacityProvider',
    'PublishVersion',
    'PutFunctionCodeSigningConfig',
    'PutFunctionConcurrency',
    'PutFunctionRecursionConfig',
    'PutFunctionScalingConfig',
    'PutRuntimeManagementConfig',
  ]),
  'functions write their logs themselves, into groups without keys, filters and indexes': actionsOf('logs', [
    'AssociateKmsKey',
    'CreateLogDelivery',
    'CreateLogStream',
    'DeleteDataProtectionPolicy',
    'DeleteIndexPolicy',
    'DeleteResourcePolicy',
    'DescribeIndexPolicies',
    'DescribeLogStreams',
    'DescribeResourcePolicies',
    'DisassociateKmsKey',
    'GetDataProtectionPolicy',
    'PutBearerTokenAuthentication',
    'PutDataProtectionPolicy',
    'PutIndexPolicy',
    'PutLogEvents',
    'PutLogGroupDeletionProtection',
    'PutResourcePolicy',
  ]),
  'REST APIs have no resource policy': ['apigateway:UpdateRestApiPolicy'],
};

/** Form of an ARN -> what of it a stack may touch: what it names after itself, else the type. */
const SCOPES: readonly (readonly [RegExp, string])[] = [
  [/:role\/\.\*$/, `:role/${PROJECT}-*`],
  [/(?<=:dynamodb:.*):table\/\.\*$/, `:table/${PROJECT}-*`],
  [/:function:\.\*$/, `:function:${PROJECT}-*`],
  [/:event-source-mapping:\.\*$/, ':event-source-mapping:*'],
  [/:log-group:\.\*$/, `:log-group:/aws/lambda/${PROJECT}-*`],
  [/(?<=:sqs:.*):\.\*$/, `:${PROJECT}-*`],
  [/:userpool\/\.\*$/, ':userpool/*'],
  [/:policy-store\/\.\*$/, ':policy-store/*'],
  [/::\/(restapis|apis|usageplans|apikeys)$/, '::/$1'],
  [/::\/(restapis|apis|usageplans|apikeys|tags)\/\.\*$/, '::/$1/*'],
];

interface Statement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[] | '*';
  readonly Condition?: object;
}

/**
 * What deploying, refreshing and destroying a stack takes: what CloudFormation itself needs for the same types of
 * resources, without what concerns properties that the program does not set.
 * @throws Error for an action that is about something which no stack names
 */
export function deployerPolicy({ actions, handlers }: Pick<Authorization, 'actions' | 'handlers'>): object {
  const byResource = new Map<string, string[]>();
  for (const action of deployerActions({ actions, handlers })) {
    const resource = JSON.stringify(resourcesOf(action, actions[action] ?? []));
    byResource.set(resource, [...(byResource.get(resource) ?? []), action]);
  }
  const statements = [...byResource].map(([resource, granted]): Statement => {
    const Resource: Statement['Resource'] = JSON.parse(resource);
    return { Effect: 'Allow', Action: granted, Resource };
  });
  return { Version: '2012-10-17', Statement: [...statements, PASS_ROLES, WRITE_AS_SECURITY] };
}

/** For functions alone, and only the stack's own. */
const PASS_ROLES: Statement = {
  Effect: 'Allow',
  Action: ['iam:PassRole'],
  Resource: [`arn:aws:iam::*:role/${PROJECT}-*`],
  Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
};
const WRITE_AS_SECURITY: Statement = {
  Effect: 'Allow',
  Action: ['sts:AssumeRole'],
  Resource: [`arn:aws:iam::*:role/${PROJECT}-*-security`],
};

/** CloudFormation's lists name some actions that there are not: those grant nothing and are dropped. */
function deployerActions({ actions, handlers }: Pick<Authorization, 'actions' | 'handlers'>): string[] {
  const leftOut = new Set([...Object.values(LEFT_OUT).flat(), 'iam:PassRole']);
  const asked = [...Object.values(handlers).flat(), ...Object.keys(ADDED)];
  return [...new Set(asked)]
    .filter((action) => actions[action] && !leftOut.has(action) && !isOfOtherService(action))
    .toSorted();
}

export const isOfOtherService = (action: string): boolean => OTHER_SERVICES.includes(action.split(':')[0]!);

function resourcesOf(action: string, forms: readonly string[]): Statement['Resource'] {
  if (forms.length === 0) return '*';
  const scoped = forms.flatMap((form) => {
    const scope = SCOPES.find(([pattern]) => pattern.test(form));
    return scope ? [form.replace(...scope).replaceAll(/\$\{\w+\}/g, '*')] : [];
  });
  if (scoped.length === 0)
    throw new Error(`${action} is about ${forms.join(', ')}: scope it, or leave it out`);
  return [...new Set(scoped)].toSorted();
}
