import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { IsAuthorizedCommand, VerifiedPermissionsClient } from '@aws-sdk/client-verifiedpermissions';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { expect } from 'chai';
import { syncStateKey } from '../../../authz/tables/sync-state.ts';
import { registryRows } from '../../../local/seed/registry-rows.ts';
import { clientSettings, tableName } from '../../../local/settings.ts';
import type { TestCloud } from '../cloud.ts';
import { sharedCloud } from './shared.ts';

interface Case {
  readonly type?: string;
  readonly tenant?: string;
  readonly suspended?: boolean;
  readonly action?: string;
  readonly owner?: string;
}

/** The embedded decider is asked the same in test/tenants. */
describe('guardrails, asked of Verified Permissions', function () {
  this.timeout(60_000);
  let cloud: TestCloud;
  let dynamodb: DynamoDBClient;
  let verifiedPermissions: VerifiedPermissionsClient;
  before(async () => {
    cloud = await sharedCloud();
    dynamodb = new DynamoDBClient(clientSettings(cloud.cloud.endpointUrl));
    verifiedPermissions = new VerifiedPermissionsClient(clientSettings(cloud.cloud.endpointUrl));
  });
  after(async () => {
    dynamodb.destroy();
    verifiedPermissions.destroy();
  });

  /** The decision about an account, and our ids of the policies behind it. */
  async function ask(
    slug: string,
    { type = 'User', tenant = slug, suspended = false, ...rest }: Case,
  ): Promise<string[]> {
    const { action = 'GET /accounts/{id}', owner = slug } = rest;
    const row = (await registryRows(dynamodb)).find((one) => one.slug === slug)!;
    const principal = { type: `Payments::${type}`, id: `${slug}|somebody` };
    const resource = { type: 'Payments::Account', id: 'acc' };
    const attributes = {
      tenant: owner,
      status: 'ACTIVE',
      accountType: 'PERSONAL',
      currency: 'EUR',
      balance: 1,
    };
    const { decision, determiningPolicies = [] } = await verifiedPermissions.send(
      new IsAuthorizedCommand({
        policyStoreId: row.policyStoreId,
        principal: { entityType: principal.type, entityId: principal.id },
        action: { actionType: 'Payments::Action', actionId: action },
        resource: { entityType: resource.type, entityId: resource.id },
        context: { cedarJson: JSON.stringify(action.endsWith('freeze') ? { reason: 'fraud' } : {}) },
        entities: {
          cedarJson: JSON.stringify([
            { uid: principal, attrs: { tenant, kind: row.kind, suspended, role: 'NONE' }, parents: [] },
            { uid: resource, attrs: attributes, parents: [] },
          ]),
        },
      }),
    );
    const Key = marshall(syncStateKey.ids(slug));
    const { Item = {} } = await dynamodb.send(
      new GetItemCommand({ TableName: tableName('sync-state'), Key }),
    );
    const { ids }: { ids?: Record<string, string> } = unmarshall(Item);
    return [String(decision), ...determiningPolicies.map(({ policyId = '' }) => ids?.[policyId] ?? policyId)];
  }

  for (const slug of ['acme', 'retail']) {
    it(`let ${slug}’s own people read their own data`, async () => {
      expect((await ask(slug, {}))[0]).to.equal('ALLOW');
    });

    for (const [what, guardrail, given] of [
      ['a principal of another tenant', 'guardrail-foreign-principal', { tenant: 'other' }],
      ['a resource of another tenant', 'guardrail-foreign-resource', { owner: 'other' }],
      ['who is suspended', 'guardrail-suspended', { suspended: true }],
      ['a machine', 'guardrail-human-only', { type: 'Service', action: 'POST /accounts/{id}/freeze' }],
    ] as const) {
      it(`deny ${what} at ${slug}`, async () => {
        expect(await ask(slug, given)).to.deep.equal(['DENY', guardrail]);
      });
    }
  }
});
