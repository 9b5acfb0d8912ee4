import { QUIET_AWS_CLIENTS } from '../settings.ts';
import type { FunctionSettings } from './function.ts';

export interface CloudFacts {
  readonly region: string;
  readonly account: string;
  /** URL of the endpoint that all AWS clients talk to. */
  readonly endpoint: () => string;
}

/**
 * The environment of a function: what Lambda sets (Lambda Developer Guide, "Defined runtime environment variables"),
 * what points its AWS clients at the embedded cloud, and its own variables.
 */
export function functionEnvironment(
  { name, roleName, folder, handler, memoryMb, logGroup, variables }: FunctionSettings,
  { region, endpoint }: CloudFacts,
): Readonly<Record<string, string>> {
  const url = endpoint();
  return {
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    // There is no home on Lambda; here the user's own would give the AWS clients a profile.
    HOME: folder,
    LAMBDA_TASK_ROOT: folder,
    _HANDLER: handler,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    // The access key id names the role that the function's calls are judged by.
    AWS_ACCESS_KEY_ID: roleName,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL: url,
    COGNITO_JWKS_ORIGIN: url,
    // What `explain --last-denied` works from. Nobody but test users is in it, and it stays in memory.
    DECISION_RECORDS: 'log',
    ...QUIET_AWS_CLIENTS,
    ...variables,
  };
}
