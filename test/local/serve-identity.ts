import type { AwsJsonService } from '../../local/aws/service.ts';
import { createCognito, type CognitoArgs } from '../../local/cognito/server.ts';
import { createKeyStore, type KeyStore } from '../../local/cognito/tokens/signing-keys.ts';
import { createEndpoint } from '../../local/endpoint.ts';
import { Faults } from '../../local/faults.ts';
import { createIam, type Iam } from '../../local/iam/authorize.ts';
import { close, listen } from '../../local/loopback.ts';
import { createIssuers, type Issuers } from '../../local/oidc/issuers.ts';
import { createVerifiedPermissions } from '../../local/verified-permissions/server.ts';

const REGION = 'us-east-1';
export const ACCOUNT = '000000000000';
export const PASSWORD = 'Correct-horse-7';

export interface ServedServices {
  readonly endpoint: string;
  readonly iam: Iam;
  readonly verifiedPermissions: AwsJsonService;
  readonly cognito: AwsJsonService;
  /** Everybody's password there is `PASSWORD`. */
  readonly issuers: Issuers;
  /** Settings for an AWS SDK client that calls with this access key id, once. */
  client(accessKeyId?: string): object;
  close(): Promise<void>;
}

export interface ServeOptions {
  readonly consistencyMs?: number;
  readonly now?: () => number;
  readonly invoke?: CognitoArgs['invoke'];
  readonly keys?: KeyStore;
}

/** Making keys takes time: pools share these unless a test is about keys. */
const madeOnce = createKeyStore();
const SHARED_KEYS: KeyStore = { keysOf: () => madeOnce.keysOf('shared'), forget: () => undefined };

const noTrigger = async () => ({ ok: false, error: { message: 'no function is there' } }) as const;

/** Verified Permissions and Cognito behind a real endpoint, as AWS clients see them. */
export async function serveIdentity({
  now = Date.now,
  consistencyMs = 0,
  invoke = noTrigger,
  keys = SHARED_KEYS,
}: ServeOptions = {}): Promise<ServedServices> {
  let endpoint = '';
  const iam = createIam({ account: ACCOUNT, securityRoleArn: `arn:aws:iam::${ACCOUNT}:role/security` });
  const verifiedPermissions = createVerifiedPermissions({ iam, account: ACCOUNT, consistencyMs, now });
  const cognito = createCognito({
    iam,
    region: REGION,
    account: ACCOUNT,
    invoke,
    keys,
    now,
    places: { pages: (domain) => `${endpoint}/${domain}`, issuer: (issuer) => issuers.urlOf(issuer) },
  });
  const issuers = createIssuers({
    password: PASSWORD,
    federation: (issuer, clientId) => cognito.federation(issuer, clientId),
  });
  const server = createEndpoint({
    services: [verifiedPermissions, cognito.service],
    routes: [...cognito.routes, issuers.route],
    faults: new Faults(),
  });
  endpoint = `http://127.0.0.1:${await listen(server, 0)}`;
  return {
    endpoint,
    iam,
    verifiedPermissions,
    cognito: cognito.service,
    client: (accessKeyId = 'somebody') => ({
      region: REGION,
      endpoint,
      credentials: { accessKeyId, secretAccessKey: 'local' },
      maxAttempts: 1,
    }),
    issuers,
    async close() {
      await issuers.close();
      await close(server);
    },
  };
}
