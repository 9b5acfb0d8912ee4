import {
  CreateIdentitySourceCommand,
  CreatePolicyCommand,
  CreatePolicyStoreCommand,
  PutSchemaCommand,
  VerifiedPermissionsClient,
} from '@aws-sdk/client-verifiedpermissions';
import { createEndpoint } from '../../local/endpoint.ts';
import { Faults } from '../../local/faults.ts';
import { createIam } from '../../local/iam/authorize.ts';
import { close, listen } from '../../local/loopback.ts';
import { ACCOUNT, clientSettings, REGION } from '../../local/settings.ts';
import { createVerifiedPermissions } from '../../local/verified-permissions/server.ts';
import { policies, SCHEMAS, USER_POOL } from './tenant.ts';

/** The emulated Verified Permissions with a store for each form of the tenant's policies. */
export interface Stores {
  readonly client: VerifiedPermissionsClient;
  readonly plain: string;
  readonly token: string;
  close(): Promise<void>;
}

export async function openStores(
  keySetUrl: (userPoolId: string) => string,
  clientId: string,
): Promise<Stores> {
  const iam = createIam({ account: ACCOUNT, securityRoleArn: `arn:aws:iam::${ACCOUNT}:role/security` });
  const service = createVerifiedPermissions({ iam, account: ACCOUNT, keySetUrl });
  const server = createEndpoint({ services: [service], routes: [], faults: new Faults() });
  const client = new VerifiedPermissionsClient(clientSettings(`http://127.0.0.1:${await listen(server, 0)}`));
  const made = policies();
  const open = async (cedarJson: string, form: 'gatewayStatement' | 'tokenStatement'): Promise<string> => {
    const validationSettings = { mode: 'STRICT' } as const;
    const { policyStoreId = '' } = await client.send(new CreatePolicyStoreCommand({ validationSettings }));
    await client.send(new PutSchemaCommand({ policyStoreId, definition: { cedarJson } }));
    for (const { [form]: statement } of made) {
      const definition = { static: { statement } };
      if (statement !== undefined) await client.send(new CreatePolicyCommand({ policyStoreId, definition }));
    }
    return policyStoreId;
  };
  const stores = {
    plain: await open(SCHEMAS.gateway, 'gatewayStatement'),
    token: await open(SCHEMAS.token, 'tokenStatement'),
  };
  await client.send(
    new CreateIdentitySourceCommand({
      policyStoreId: stores.token,
      principalEntityType: 'Bench::User',
      configuration: {
        cognitoUserPoolConfiguration: {
          userPoolArn: `arn:aws:cognito-idp:${REGION}:${ACCOUNT}:userpool/${USER_POOL}`,
          clientIds: [clientId],
          groupConfiguration: { groupEntityType: 'Bench::Group' },
        },
      },
    }),
  );
  return {
    ...stores,
    client,
    async close() {
      client.destroy();
      await close(server);
    },
  };
}
