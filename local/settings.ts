import { EMBEDDED_STACK, namePrefix, OWN_PROJECT } from '../infra/name-prefix.ts';

/** What the embedded cloud calls itself. Its clients need the same names. */
export const REGION = 'us-east-1';
export const ACCOUNT = '000000000000';
export const STACK = EMBEDDED_STACK;
/** As whom the backend service calls AWS. */
export const BACKEND_ROLE = 'cedarwright-local-backend';

/** AWS clients would tell everybody, in the middle of our own lines, which Node they want next year. */
export const QUIET_AWS_CLIENTS = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' } as const;

export const tableName = (what: string): string =>
  `${namePrefix({ project: OWN_PROJECT, stack: STACK })}-${what}`;

/** Of any AWS SDK client. `role` is whom the cloud takes the caller for; nobody known acts as the security role. */
export const clientSettings = (endpoint: string, role = 'operator') => ({
  endpoint,
  region: REGION,
  credentials: { accessKeyId: role, secretAccessKey: 'local' },
});
