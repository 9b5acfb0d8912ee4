import { isObject } from '../authz/item-shape.ts';
import type { Problem } from '../dsl/check/problem.ts';
import { callbacksByTenant, secretsByTenant } from './config-by-tenant.ts';
import { listOf, origins, type Throttle, throttle, throttles } from './config-json.ts';
import { keyReader, set } from './config-reader.ts';
import { baseUrl, flag, headerSecret, oneOf, pattern, wholeNumber, type Parse } from './config-values.ts';

export interface Database {
  /** Secrets Manager secret with `host`, `port`, `username`, `password`, `dbname`: the token hook's login. */
  readonly secretArn: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
}

export const GATEWAYS = ['rest', 'http', 'websocket'] as const;
export type Gateway = (typeof GATEWAYS)[number];

/** What a stack is told. Secrets are read apart, because they never become plain values. */
export interface Settings {
  /** Where the gateway forwards to. */
  readonly backendUrl: string;
  readonly stageName: string;
  /** Which APIs stand in front of it. */
  readonly gateways: readonly Gateway[];
  /** The operation that stands for opening a WebSocket: who may call it may open one. */
  readonly webSocketOperation?: string;
  /** How fast each tenant may call a REST API, by plan. */
  readonly usagePlans: Readonly<Record<string, Throttle>>;
  /** How fast each route of an HTTP or WebSocket API may be called, by everybody together: they have no plans. */
  readonly routeThrottle: Throttle;
  /** Origins whose pages may call REST and HTTP APIs from a browser. */
  readonly corsOrigins: readonly string[];
  /** Seconds a gateway may reuse a decision: 0 to 3600 (API Gateway's own bounds). */
  readonly gatewayTtlSeconds: number;
  /** Seconds a registry row may be reused by an authorizer: what a suspension takes at most, beside the gateway's. */
  readonly registryStalenessSeconds: number;
  /** Milliseconds the sync waits between phases for Verified Permissions to become consistent. */
  readonly storeConsistencyMs: number;
  /** `any` lets live items permit as well as forbid. */
  readonly livePolicies: 'forbid' | 'any';
  /** Deletion protection of tables, pools and stores. */
  readonly protect: boolean;
  /** The role that may write policies. Absent: the stack makes one, which only dev stacks should. */
  readonly securityRoleArn?: string;
  /** By tenant, `default` for the others: where the applications of a federated tenant may be sent back to. */
  readonly callbackUrls: Readonly<Record<string, readonly string[]>>;
  /** Which tenants have a secret for their identity provider; `default` stands for the others. */
  readonly identityProviderSecretsOf: readonly string[];
  /** Needed as soon as one tenant's roles are in Postgres. */
  readonly database?: Database;
}

/**
 * Reads every key once and lists everything that is wrong, unknown keys included: a misspelt key that is ignored
 * would leave its default in force unseen.
 */
export function parseSettings(values: Readonly<Record<string, string>>): {
  readonly settings?: Settings;
  readonly problems: readonly Problem[];
} {
  const keys = keyReader(values);
  const backendUrl = keys.required('backendUrl', baseUrl, set('https://backend.internal.example'));
  keys.required('gatewaySecret', headerSecret, (key) => `pulumi config set --secret ${key} <random value>`);
  const securityRoleArn = keys.optional(
    'securityRoleArn',
    ROLE_ARN,
    'arn:aws:iam::123456789012:role/security',
  );
  const databaseHere = keys.optional('database', database, DATABASE_EXAMPLE);
  const webSocketOperation = keys.optional('webSocketOperation', OPERATION, 'GET /events');
  const others = {
    stageName: keys.optional('stageName', STAGE_NAME, 'live') ?? 'live',
    gateways: keys.optional('gateways', listOf(...GATEWAYS), '["rest","http"]') ?? (['rest'] as const),
    usagePlans: keys.optional('usagePlans', throttles, PLANS_EXAMPLE) ?? { default: DEFAULT_PLAN },
    routeThrottle: keys.optional('routeThrottle', throttle, '{"rate":500,"burst":1000}') ?? ROUTE_THROTTLE,
    corsOrigins: keys.optional('corsOrigins', origins, '["https://app.example.com"]') ?? [],
    gatewayTtlSeconds: keys.optional('gatewayTtlSeconds', wholeNumber(3600), '60') ?? 60,
    registryStalenessSeconds: keys.optional('registryStalenessSeconds', wholeNumber(300), '5') ?? 5,
    storeConsistencyMs: keys.optional('storeConsistencyMs', wholeNumber(60_000), '5000') ?? 5000,
    livePolicies: keys.optional('livePolicies', oneOf('forbid', 'any'), 'forbid') ?? 'forbid',
    protect: keys.optional('protect', flag, 'true') ?? true,
    callbackUrls: keys.optional('callbackUrls', callbacksByTenant, CALLBACKS_EXAMPLE) ?? {},
    identityProviderSecretsOf: Object.keys(
      keys.optional('identityProviderSecrets', secretsByTenant, '{"staff":"…"}') ?? {},
    ),
    ...(webSocketOperation !== undefined && { webSocketOperation }),
    ...(securityRoleArn !== undefined && { securityRoleArn }),
    ...(databaseHere !== undefined && { database: databaseHere }),
  };
  keys.refuseOthers();
  const { problems } = keys;
  return problems.length > 0 || backendUrl === undefined
    ? { problems }
    : { settings: { backendUrl, ...others }, problems };
}

const STAGE_NAME = pattern(/^[A-Za-z0-9_]{1,128}$/, 'a stage name of letters, digits and _');
const OPERATION = pattern(/^[A-Z]+ \/\S*$/, 'an operation: method and path of the API document');
/** One tenant's share of the account's 10,000 requests a second (API Gateway quotas) leaves room for a hundred. */
const DEFAULT_PLAN: Throttle = { rate: 100, burst: 200 };
const ROUTE_THROTTLE: Throttle = { rate: 1000, burst: 2000 };
const PLANS_EXAMPLE = '{"default":{"rate":100,"burst":200},"gold":{"rate":1000,"burst":2000}}';
const CALLBACKS_EXAMPLE = '{"staff":["https://staff.example.com/callback"]}';
const ROLE_ARN = pattern(/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/, 'the ARN of an IAM role');

const DATABASE_EXAMPLE =
  '{"secretArn":"arn:aws:secretsmanager:…","subnetIds":["subnet-…"],"securityGroupIds":["sg-…"]}';
const database: Parse<Database> = (text) => {
  const wrong = { wrong: 'is not an object with secretArn, subnetIds and securityGroupIds' };
  try {
    const given: unknown = JSON.parse(text);
    if (!isObject(given)) return wrong;
    const { secretArn, subnetIds, securityGroupIds, ...rest } = given;
    const isArn = typeof secretArn === 'string' && secretArn.startsWith('arn:');
    return isArn && isNames(subnetIds) && isNames(securityGroupIds) && Object.keys(rest).length === 0
      ? { value: { secretArn, subnetIds, securityGroupIds } }
      : wrong;
  } catch {
    return wrong;
  }
};
const isNames = (list: unknown): list is string[] =>
  Array.isArray(list) && list.every((id) => typeof id === 'string' && id !== '');
