import { createEndpoint } from '../../local/endpoint.ts';
import { Faults } from '../../local/faults.ts';
import { createIam, type Iam } from '../../local/iam/authorize.ts';
import { close, listen } from '../../local/loopback.ts';
import { createVerifiedPermissions } from '../../local/verified-permissions/server.ts';
import type { AwsJsonService } from '../../local/aws/service.ts';

const REGION = 'us-east-1';
export const ACCOUNT = '000000000000';

export interface ServedServices {
  readonly endpoint: string;
  readonly iam: Iam;
  readonly verifiedPermissions: AwsJsonService;
  /** Settings for an AWS SDK client that calls with this access key id, once. */
  client(accessKeyId?: string): object;
  close(): Promise<void>;
}

/** Verified Permissions behind a real endpoint, as AWS clients see it. */
export async function serveIdentity(
  options: { readonly consistencyMs?: number; readonly now?: () => number } = {},
): Promise<ServedServices> {
  const iam = createIam({ account: ACCOUNT, securityRoleArn: `arn:aws:iam::${ACCOUNT}:role/security` });
  const verifiedPermissions = createVerifiedPermissions({ iam, account: ACCOUNT, ...options });
  const server = createEndpoint({ services: [verifiedPermissions], routes: [], faults: new Faults() });
  const endpoint = `http://127.0.0.1:${await listen(server, 0)}`;
  return {
    endpoint,
    iam,
    verifiedPermissions,
    client: (accessKeyId = 'somebody') => ({
      region: REGION,
      endpoint,
      credentials: { accessKeyId, secretAccessKey: 'local' },
      maxAttempts: 1,
    }),
    close: () => close(server),
  };
}
