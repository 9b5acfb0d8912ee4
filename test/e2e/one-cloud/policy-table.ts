import { DeleteItemCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { expect } from 'chai';
import { policyKey } from '../../../authz/tables/policies.ts';
import { diff } from '../../../cli/diff.ts';
import { lint } from '../../../cli/lint.ts';
import { clientSettings, tableName } from '../../../local/settings.ts';
import type { TestCloud } from '../cloud.ts';
import { copyProject, type Project } from '../project.ts';
import { sharedCloud } from './shared.ts';

const TABLE = tableName('policies');

describe('the policy table, as commands read it,', function () {
  this.timeout(60_000);
  let cloud: TestCloud;
  let dynamodb: DynamoDBClient;
  let proposal: Project;
  let table: { readonly name: string; readonly endpoint: string };
  before(async () => {
    cloud = await sharedCloud();
    table = { name: TABLE, endpoint: cloud.cloud.endpointUrl };
    dynamodb = new DynamoDBClient(clientSettings(table.endpoint));
    proposal = await copyProject(['acme', 'globex']);
  });
  after(async () => {
    dynamodb.destroy();
    await proposal.close();
  });

  const compared = (...tenants: readonly string[]) =>
    diff(proposal.root, {
      before: { of: 'project', ...table, tenants },
      semantics: 'enforced',
      format: 'text',
    });

  it('has what the files say', async () => {
    const { output, exitCode } = await compared('acme', 'globex');
    expect([output, exitCode]).to.deep.equal([
      '0 kinds of request newly allowed, 0 newly denied, 2 tenants unchanged',
      0,
    ]);
  });

  it('is what a change is compared with, by the schema of its own store', async () => {
    const original = await proposal.read('acme');
    const edited = original
      .replace(
        "slug: 'acme',",
        "slug: 'acme',\n  attributes: { Account: { region: { type: 'String', optional: true } } },",
      )
      .replace(
        "principalInGroup('PAYEE_MGMT').action(op.putCustomerUser)",
        "principalInGroup('AUDITOR').action(op.putCustomerUser)",
      );
    await proposal.write('acme', edited);
    const { output, exitCode } = await compared('acme');
    await proposal.write('acme', original);
    expect(exitCode).to.equal(11);
    expect(output).to.include('PUT /customer/user/{id} by User on CustomerUser: incomparable');
    expect(output).to.match(/allowed by payee-managers-edit-users \(tenants\/acme\.ts:1:1\)/);
    expect(output).to.match(/allowed by payee-managers-edit-users \(tenants\/acme\.ts:\d\d?:5\)/);
  });

  it('tells lint and diff of live policies, and which of them are not enforced', async () => {
    const live = {
      'stop-edits': 'forbid (principal, action == Payments::Action::"PUT /customer/user/{id}", resource);',
      nonsense: 'forbid (principal, action, resource) when { principal.nothing == 1 };',
    };
    for (const [id, statement] of Object.entries(live)) {
      const Item = marshall({ ...policyKey.live('globex', id), statement });
      await dynamodb.send(new PutItemCommand({ TableName: TABLE, Item }));
    }
    try {
      const { output } = await compared('globex');
      expect(output).to.match(/^live policies, which hold before and after:$/m);
      expect(output).to.match(/globex: live-stop-edits: forbid/);
      const linted = await lint(proposal.root, {
        tenants: ['globex'],
        semantics: 'enforced',
        json: true,
        table,
      });
      expect(linted.exitCode).to.equal(10);
      const { findings }: { findings: { code: string; policy?: string; severity: string }[] } = JSON.parse(
        linted.output,
      );
      const told = findings.map(({ code, policy, severity }) => `${severity} ${code} ${policy}`);
      expect(told)
        .to.include('note LIVE_POLICY live-stop-edits')
        .and.to.include('warning LIVE_REJECTED live-nonsense');
    } finally {
      for (const id of Object.keys(live)) {
        await dynamodb.send(
          new DeleteItemCommand({ TableName: TABLE, Key: marshall(policyKey.live('globex', id)) }),
        );
      }
    }
  });
});
