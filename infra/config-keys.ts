import type { Problem } from '../dsl/check/problem.ts';

export interface Database {
  /** Secrets Manager secret with `host`, `port`, `username`, `password`, `dbname`: the token hook's login. */
  readonly secretArn: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
}

/** What a stack is told. Secrets are read apart, because they never become plain values. */
export interface Settings {
  /** Where the gateway forwards to. */
  readonly backendUrl: string;
  readonly stageName: string;
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
  /** Needed as soon as one tenant's roles are in Postgres. */
  readonly database?: Database;
}

export const SECRET_KEYS = ['gatewaySecret'] as const;

type Parsed<T> = { readonly value: T } | { readonly wrong: string };
type Parse<T> = (text: string) => Parsed<T>;

const seconds =
  (highest: number): Parse<number> =>
  (value) =>
    /^\d+$/.test(value) && Number(value) <= highest
      ? { value: Number(value) }
      : { wrong: `is '${value}', not a whole number from 0 to ${highest}` };
const flag: Parse<boolean> = (value) =>
  value === 'true' || value === 'false'
    ? { value: value === 'true' }
    : { wrong: `is '${value}', not true or false` };
const url: Parse<string> = (value) =>
  URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)
    ? { value: value.replace(/\/$/, '') }
    : { wrong: `is '${value}', not an http or https URL` };
const pattern =
  (form: RegExp, what: string): Parse<string> =>
  (value) =>
    form.test(value) ? { value } : { wrong: `is '${value}', not ${what}` };
const oneOf =
  <T extends string>(...allowed: readonly T[]): Parse<T> =>
  (value) => {
    const found = allowed.find((one) => one === value);
    return found ? { value: found } : { wrong: `is '${value}', not ${allowed.join(' or ')}` };
  };
const database: Parse<Database> = (value) => {
  const wrong = { wrong: 'is not an object with secretArn, subnetIds and securityGroupIds' };
  try {
    const { secretArn, subnetIds, securityGroupIds, ...rest } = JSON.parse(value) as Record<string, unknown>;
    const names = (list: unknown): list is string[] =>
      Array.isArray(list) && list.every((id) => typeof id === 'string' && id !== '');
    return typeof secretArn === 'string' &&
      secretArn.startsWith('arn:') &&
      names(subnetIds) &&
      names(securityGroupIds) &&
      Object.keys(rest).length === 0
      ? { value: { secretArn, subnetIds, securityGroupIds } }
      : wrong;
  } catch {
    return wrong;
  }
};

interface Key<T> {
  readonly parse: Parse<T>;
  /** What holds when the key is absent; `required` when nothing can. */
  readonly absent: 'required' | { readonly value: T };
  readonly example: string;
}

const KEYS: { readonly [K in keyof Required<Settings>]: Key<Settings[K]> } = {
  backendUrl: { parse: url, absent: 'required', example: 'https://backend.internal.example' },
  stageName: {
    parse: pattern(/^[A-Za-z0-9_]{1,128}$/, 'a stage name of letters, digits and _'),
    absent: { value: 'live' },
    example: 'live',
  },
  gatewayTtlSeconds: { parse: seconds(3600), absent: { value: 60 }, example: '60' },
  registryStalenessSeconds: { parse: seconds(300), absent: { value: 5 }, example: '5' },
  storeConsistencyMs: { parse: seconds(60_000), absent: { value: 5000 }, example: '5000' },
  livePolicies: { parse: oneOf('forbid', 'any'), absent: { value: 'forbid' }, example: 'forbid' },
  protect: { parse: flag, absent: { value: true }, example: 'true' },
  securityRoleArn: {
    parse: pattern(/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/, 'the ARN of an IAM role'),
    absent: { value: undefined },
    example: 'arn:aws:iam::123456789012:role/security',
  },
  database: {
    parse: database,
    absent: { value: undefined },
    example: '{"secretArn":"arn:aws:secretsmanager:…","subnetIds":["subnet-…"],"securityGroupIds":["sg-…"]}',
  },
};

/**
 * Reads every key once and lists everything that is wrong, unknown keys included: a misspelt key that is ignored
 * would leave its default in force unseen.
 */
export function parseSettings(values: Readonly<Record<string, string>>): {
  readonly settings?: Settings;
  readonly problems: readonly Problem[];
} {
  const problems: Problem[] = [];
  const known: readonly string[] = [...Object.keys(KEYS), ...SECRET_KEYS];
  for (const key of Object.keys(values).filter((one) => !known.includes(one))) {
    problems.push(problem(key, 'is not a key of this program', `known keys: ${known.join(', ')}`));
  }
  for (const key of SECRET_KEYS.filter((one) => !values[one])) {
    problems.push(problem(key, 'is missing', `pulumi config set --secret cedarwright:${key} <random value>`));
  }
  const settings: Record<string, unknown> = {};
  for (const [key, { parse, absent, example }] of Object.entries<Key<unknown>>(KEYS)) {
    const given = values[key];
    const remedy = `pulumi config set cedarwright:${key} '${example}'`;
    if (given === undefined) {
      if (absent === 'required') problems.push(problem(key, 'is missing', remedy));
      else if (absent.value !== undefined) settings[key] = absent.value;
      continue;
    }
    const parsed = parse(given);
    if ('wrong' in parsed) problems.push(problem(key, parsed.wrong, remedy));
    else settings[key] = parsed.value;
  }
  // Every key of Settings is in KEYS (its mapped type says so) and each was parsed or defaulted above.
  return problems.length > 0 ? { problems } : { settings: settings as unknown as Settings, problems };
}

const problem = (key: string, what: string, remedy: string): Problem => ({
  code: 'CONFIG',
  message: `config key cedarwright:${key} ${what}`,
  remedy,
});
