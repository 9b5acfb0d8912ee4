import {
  CognitoIdentityProviderClient,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import {
  GetPolicyCommand,
  IsAuthorizedCommand,
  ListPoliciesCommand,
  ListPolicyStoresCommand,
  VerifiedPermissionsClient,
  type IsAuthorizedCommandInput,
} from '@aws-sdk/client-verifiedpermissions';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { clientSettings, REGION, tableName } from '../../../local/settings.ts';
import type { TestCloud } from '../cloud.ts';
import { sharedCloud } from './shared.ts';

const REGISTRY = tableName('registry');

/** May somebody of acme edit a user of the company? By group membership, as alice may and bob may not. */
function question(policyStoreId: string, groups: readonly string[]): IsAuthorizedCommandInput {
  const principal = { entityType: 'Payments::User', entityId: 'acme|somebody' };
  const resource = { entityType: 'Payments::CustomerUser', entityId: '42' };
  const customer = { entityType: 'Payments::Customer', entityId: 'c-1' };
  const tenant = { string: 'acme' };
  return {
    policyStoreId,
    principal,
    action: { actionType: 'Payments::Action', actionId: 'PUT /customer/user/{id}' },
    resource,
    entities: {
      entityList: [
        {
          identifier: principal,
          parents: groups.map((name) => ({ entityType: 'Payments::Group', entityId: `acme|${name}` })),
          attributes: {
            tenant,
            kind: { string: 'saasTenant' },
            role: { string: 'NONE' },
            suspended: { boolean: false },
          },
        },
        {
          identifier: resource,
          attributes: {
            tenant,
            status: { string: 'ACTIVE' },
            roles: { set: [] },
            customerId: { entityIdentifier: customer },
          },
        },
      ],
    },
  };
}

describe('unmodified AWS clients at the endpoint', function () {
  this.timeout(60_000);
  let cloud: TestCloud;
  let policyStoreId: string;
  const clients: { destroy(): void }[] = [];
  const client = <T extends { destroy(): void }>(
    Client: new (settings: ReturnType<typeof clientSettings>) => T,
  ): T => {
    const made = new Client(clientSettings(cloud.cloud.endpointUrl));
    clients.push(made);
    return made;
  };
  before(async () => {
    cloud = await sharedCloud();
    const { Items = [] } = await client(DynamoDBClient).send(new ScanCommand({ TableName: REGISTRY }));
    policyStoreId = String(
      Items.map((item) => unmarshall(item)).find((row) => row['slug'] === 'acme')?.['policyStoreId'],
    );
  });
  after(async () => {
    for (const one of clients) one.destroy();
  });

  describe('the SDK', () => {
    it('finds every tenant in the registry', async () => {
      const { Items = [] } = await client(DynamoDBClient).send(new ScanCommand({ TableName: REGISTRY }));
      const slugs = Items.flatMap(({ slug }) => slug?.S ?? []);
      expect(slugs).to.have.members(['acme', 'globex', 'hooli', 'ledger', 'retail', 'staff']);
    });

    it('lists the user pools', async () => {
      const { UserPools = [] } = await client(CognitoIdentityProviderClient).send(
        new ListUserPoolsCommand({ MaxResults: 10 }),
      );
      expect(UserPools).to.have.length(5);
      for (const { Id } of UserPools) expect(Id).to.match(new RegExp(`^${REGION}_`));
    });

    it('asks a tenant’s policy store, and gets the policy that decides', async () => {
      const verifiedPermissions = client(VerifiedPermissionsClient);
      const allow = await verifiedPermissions.send(
        new IsAuthorizedCommand(question(policyStoreId, ['PAYEE_MGMT'])),
      );
      expect(allow).to.deep.include({ decision: 'ALLOW', errors: [] });
      const [{ policyId = '' } = {}] = allow.determiningPolicies ?? [];
      const { definition } = await verifiedPermissions.send(
        new GetPolicyCommand({ policyStoreId, policyId }),
      );
      expect(definition?.static?.statement).to.include('Payments::Group::"acme|PAYEE_MGMT"');
      const deny = await verifiedPermissions.send(new IsAuthorizedCommand(question(policyStoreId, [])));
      expect(deny).to.deep.include({ decision: 'DENY', determiningPolicies: [], errors: [] });
    });

    it('lists the stores and their policies', async () => {
      const verifiedPermissions = client(VerifiedPermissionsClient);
      const { policyStores = [] } = await verifiedPermissions.send(new ListPolicyStoresCommand({}));
      expect(policyStores.map((store) => store.policyStoreId)).to.include(policyStoreId);
      const { policies = [] } = await verifiedPermissions.send(new ListPoliciesCommand({ policyStoreId }));
      expect(policies.map(({ effect }) => effect)).to.include.members(['Permit', 'Forbid']);
    });

    it('is told what is wrong in the words of the service', async () => {
      const error = await client(VerifiedPermissionsClient)
        .send(new IsAuthorizedCommand(question('PSnosuchstore0000000000', [])))
        .then(
          () => undefined,
          (failure: Error) => failure,
        );
      expect(error?.name).to.equal('ResourceNotFoundException');
    });
  });

  describe('the command line', () => {
    before(async function () {
      try {
        await promisify(execFile)('aws', ['--version']);
      } catch {
        process.stdout.write('    skipped: no aws command line on PATH\n');
        this.skip();
      }
    });

    const aws = async (...args: readonly string[]): Promise<Record<string, unknown>> => {
      const { stdout } = await promisify(execFile)(
        'aws',
        [...args, '--endpoint-url', cloud.cloud.endpointUrl],
        {
          env: {
            PATH: process.env['PATH'],
            // A developer's own settings and profiles stay out of it.
            AWS_CONFIG_FILE: '/dev/null',
            AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
            AWS_DEFAULT_REGION: REGION,
            AWS_DEFAULT_OUTPUT: 'json',
            AWS_ACCESS_KEY_ID: 'dummy',
            AWS_SECRET_ACCESS_KEY: 'dummy',
          },
        },
      );
      const answer: Record<string, unknown> = JSON.parse(stdout);
      return answer;
    };

    it('gets a decision', async () => {
      const input = JSON.stringify(question(policyStoreId, ['PAYEE_MGMT']));
      const answer = await aws('verifiedpermissions', 'is-authorized', '--cli-input-json', input);
      expect(answer).to.include({ decision: 'ALLOW' });
    });

    it('lists the user pools', async () => {
      const { UserPools } = await aws('cognito-idp', 'list-user-pools', '--max-results', '10');
      expect(UserPools).to.be.an('array').with.length(5);
    });

    it('scans a table', async () => {
      expect(await aws('dynamodb', 'scan', '--table-name', REGISTRY)).to.include({
        Count: 10,
        ScannedCount: 10,
      });
    });
  });
});
