import { GetItemCommand, PutItemCommand, DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { expect } from 'chai';
import { policyKey } from '../../authz/tables/policies.ts';
import { withEngine } from './cli.ts';
import { type Deployment, SECURITY, startTestStack, type TestEngine, type TestStack } from './stack.ts';

const POLICIES = 'cedarwright-dev-policies';
const COGNITO = 'AWSCognitoIdentityProviderService';
const STORES = 'VerifiedPermissions';
const TABLES = 'DynamoDB_20120810';

interface Drift {
  readonly what: string;
  readonly change: () => Promise<unknown>;
  /** What the engine does about it. */
  readonly repair: string;
}

withEngine('what somebody changed by hand, through the AWS API', function () {
  this.timeout(300_000);
  let stack: TestStack;
  let engine: TestEngine;
  let repaired: Deployment;
  let afterwards: Deployment;
  const idOf = async (target: string, operation: string, list: string, name: RegExp): Promise<string> => {
    const found = await stack.call(target, operation, { MaxResults: 60 }, list);
    const one = found.find(({ Name, description }) => name.test(String(Name ?? description)));
    return String(one?.['Id'] ?? one?.['policyStoreId']);
  };
  const pool = (): Promise<string> => idOf(COGNITO, 'ListUserPools', 'UserPools', /-acme$/);
  const store = (): Promise<string> => idOf(STORES, 'ListPolicyStores', 'policyStores', /-globex$/);

  const DRIFT: readonly Drift[] = [
    {
      what: 'a policy in the table',
      change: async () => {
        const item = {
          ...policyKey.policy('acme', 'everyone-lists'),
          statement: 'permit (principal, action, resource);',
        };
        await stack
          .dynamodb(SECURITY)
          .send(new PutItemCommand({ TableName: POLICIES, Item: marshall(item) }));
      },
      repair: 'update acme-policies-policy-everyone-lists',
    },
    {
      what: 'a policy deleted from the table',
      change: async () => {
        const Key = marshall(policyKey.policy('acme', 'auditors-read-everything'));
        await stack.dynamodb(SECURITY).send(new DeleteItemCommand({ TableName: POLICIES, Key }));
      },
      repair: 'create acme-policies-policy-auditors-read-everything',
    },
    {
      what: 'who may change a table',
      change: () => stack.do(TABLES, 'DeleteResourcePolicy', { ResourceArn: tableArn('policies') }),
      repair: 'create policies-guard',
    },
    {
      what: 'the protection of a table',
      change: () =>
        stack.do(TABLES, 'UpdateTable', {
          TableName: 'cedarwright-dev-registry',
          DeletionProtectionEnabled: true,
        }),
      repair: 'update registry',
    },
    {
      what: 'the trigger and the passwords of a pool',
      change: async () =>
        stack.do(COGNITO, 'UpdateUserPool', { UserPoolId: await pool(), UserPoolTier: 'ESSENTIALS' }),
      repair: 'update acme-pool',
    },
    {
      what: 'a group of a pool',
      change: async () =>
        stack.do(COGNITO, 'DeleteGroup', { UserPoolId: await pool(), GroupName: 'AUDITOR' }),
      repair: 'create acme-pool-AUDITOR',
    },
    {
      what: 'the schema of a store',
      change: async () =>
        stack.do(STORES, 'PutSchema', { policyStoreId: await store(), definition: { cedarJson: '{}' } }),
      repair: 'create globex-policies-store-schema',
    },
    {
      what: 'how a store validates',
      change: async () =>
        stack.do(STORES, 'UpdatePolicyStore', {
          policyStoreId: await store(),
          validationSettings: { mode: 'OFF' },
        }),
      repair: 'update globex-policies-store',
    },
  ];

  before(async () => {
    stack = await startTestStack();
    engine = await stack.engine('dev');
    expect((await engine.up()).code).to.equal(0);
    for (const { change } of DRIFT) await change();
    // No `pulumi refresh`, no option: what anybody would run.
    repaired = await engine.up();
    afterwards = await engine.up();
  });
  after(() => stack.close());

  for (const { what, repair } of DRIFT) {
    it(`${what}: a plain deployment sees and repairs it`, () => {
      expect(repaired.said).to.equal('');
      expect(repaired.changes).to.include(repair);
    });
  }

  it('all else stays as it was, and then all is as it should be', () => {
    expect(repaired.changes).to.deep.equal(DRIFT.map(({ repair }) => repair).toSorted());
    expect(afterwards).to.deep.include({ code: 0, changes: [] });
  });

  it('a live policy stays: it is no part of any deployment', async () => {
    const client = stack.dynamodb(SECURITY);
    const item = { ...policyKey.live('acme', 'brake'), statement: 'forbid (principal, action, resource);' };
    await client.send(new PutItemCommand({ TableName: POLICIES, Item: marshall(item) }));
    expect((await engine.up()).changes).to.deep.equal([]);
    const Key = marshall(policyKey.live('acme', 'brake'));
    const { Item } = await client.send(
      new GetItemCommand({ TableName: POLICIES, Key, ConsistentRead: true }),
    );
    expect(Item && unmarshall(Item)).to.deep.equal(item);
  });
});

const tableArn = (what: string): string =>
  `arn:aws:dynamodb:us-east-1:000000000000:table/cedarwright-dev-${what}`;
