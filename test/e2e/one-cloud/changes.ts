import { DeleteItemCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { expect } from 'chai';
import { policyKey } from '../../../authz/tables/policies.ts';
import { syncStateKey } from '../../../authz/tables/sync-state.ts';
import { clientSettings, tableName } from '../../../local/settings.ts';
import { until, type TestCloud } from '../cloud.ts';
import { sharedCloud } from './shared.ts';

const EDIT = 'PUT /customer/user/42';

describe('changes while everything runs', function () {
  this.timeout(90_000);
  let cloud: TestCloud;
  let dynamodb: DynamoDBClient;
  before(async () => {
    cloud = await sharedCloud();
    dynamodb = new DynamoDBClient(clientSettings(cloud.cloud.endpointUrl));
  });
  after(() => dynamodb.destroy());

  const allows = async (request: string, who: string): Promise<boolean> =>
    (await cloud.ask(request, who, {})).status === 200;
  const edit = async (slug: string, change: (source: string) => string): Promise<void> =>
    cloud.project.write(slug, change(await cloud.project.read(slug)));

  /** Writes a tenant file and returns what was said about it. */
  async function saidAbout(slug: string, source: string): Promise<string> {
    const before = cloud.updates.length;
    await cloud.project.write(slug, source);
    await until(() => cloud.updates.length > before);
    return cloud.updates.at(-1)!.problems.join('\n');
  }

  describe('a tenant file', () => {
    it('whose policy is edited is enforced, and so is its edit back', async () => {
      const original = await cloud.project.read('acme');
      expect(await allows(EDIT, 'acme/alice')).to.equal(true);
      await edit('acme', (source) =>
        source.replace(
          "principalInGroup('PAYEE_MGMT').action(op.putCustomerUser)",
          "principalInGroup('AUDITOR').action(op.putCustomerUser)",
        ),
      );
      await until(async () => !(await allows(EDIT, 'acme/alice')));
      await cloud.project.write('acme', original);
      await until(() => allows(EDIT, 'acme/alice'));
    });

    it('that is added is a tenant, and one that is removed is none', async () => {
      await cloud.project.write('initech', NEW_TENANT);
      await until(() => cloud.token('initech/peter').then(Boolean, () => false));
      expect((await cloud.ask('GET /accounts', 'initech/peter')).body).to.deep.equal({ items: [] });
      expect((await cloud.ask(EDIT, 'initech/peter', {})).status).to.equal(403);
      const before = cloud.updates.length;
      await cloud.project.remove('initech');
      await until(() => cloud.updates.length > before);
      expect((await cloud.ask('GET /accounts', 'initech/peter')).status).to.equal(403);
    });
  });

  describe('a tenant file that is wrong leaves everything as it is:', () => {
    afterEach(async () => {
      expect(await allows(EDIT, 'acme/alice'), 'acme still works').to.equal(true);
    });
    after(() => cloud.project.remove('broken'));

    it('a mistake of types', async () => {
      const said = await saidAbout('broken', tenant("permit().action('PUT /custmer/user/{id}').id('a')"));
      expect(said).to.match(/^tenants\/broken\.ts:5:\d+ \[TS2345\].* — /);
    });

    it('an unknown action that the compiler was told to overlook', async () => {
      const said = await saidAbout(
        'broken',
        tenant("permit().action('PUT /custmer/user/{id}' as any).id('a')"),
      );
      expect(said).to.match(/^tenants\/broken\.ts:5:\d+ \[[A-Z_]+\].*custmer.* — /);
    });

    it('an import of something else', async () => {
      const said = await saidAbout(
        'broken',
        `import { readFileSync } from 'node:fs';\n${tenant("permit().action(readFileSync('x', 'utf8') as any).id('a')")}`,
      );
      expect(said).to.match(/tenants\/broken\.ts:1:\d+ \[[A-Z_]+\].* — /);
    });

    it('a policy that Cedar refuses', async () => {
      const said = await saidAbout(
        'broken',
        tenant(
          "permit().action('GET /accounts').when(({ principal }) => (principal as any).nothing.eq('x')).id('a')",
        ),
      );
      expect(said).to.match(/^tenants\/broken\.ts:5:\d+ \[[A-Z_]+\].* — /);
    });

    it('an endless loop', async () => {
      const said = await saidAbout('broken', tenant('(() => { for (;;); })() as never'));
      expect(said).to.match(/tenants\/broken\.ts:\d+:\d+ \[[A-Z_]+\].* — /);
    });

    it('an attempt on the builder that its neighbours use', async () => {
      const said = await saidAbout(
        'broken',
        `${tenant("permit().action('GET /accounts').id('a')")}
(Object.getPrototypeOf(permit()) as any).principalInGroup = function () { return this; };
import { permit } from '../dsl/index.ts';
`,
      );
      expect(await allows(EDIT, 'acme/bob')).to.equal(false);
      expect(said === '' || said.startsWith('tenants/broken.ts:'), said).to.equal(true);
    });
  });

  describe('a live policy, put with a plain DynamoDB client,', () => {
    const put = async (id: string, statement: string): Promise<void> => {
      const item = marshall({ ...policyKey.live('acme', id), statement });
      await dynamodb.send(new PutItemCommand({ TableName: tableName('policies'), Item: item }));
    };
    const remove = async (id: string): Promise<void> => {
      await dynamodb.send(
        new DeleteItemCommand({
          TableName: tableName('policies'),
          Key: marshall(policyKey.live('acme', id)),
        }),
      );
    };
    const status = async (id: string): Promise<Record<string, unknown> | undefined> => {
      const Key = marshall(syncStateKey.status('acme', `live-${id}`));
      const { Item } = await dynamodb.send(
        new GetItemCommand({ TableName: tableName('sync-state'), Key, ConsistentRead: true }),
      );
      return Item && unmarshall(Item);
    };

    it('is enforced, and lifted when it is deleted', async () => {
      expect(await allows(EDIT, 'acme/alice')).to.equal(true);
      await put(
        'stop-edits',
        'forbid (principal, action == Payments::Action::"PUT /customer/user/{id}", resource);',
      );
      await until(async () => !(await allows(EDIT, 'acme/alice')));
      await remove('stop-edits');
      await until(() => allows(EDIT, 'acme/alice'));
    });

    it('that is invalid is rejected with its reason and blocks nothing', async () => {
      await put('nonsense', 'forbid (principal, action, resource) when { principal.nothing == 1 };');
      await until(async () => (await status('nonsense'))?.['state'] === 'rejected');
      expect((await status('nonsense'))?.['reason'])
        .to.be.a('string')
        .that.includes('nothing');
      await put(
        'stop-quotes',
        'forbid (principal, action == Payments::Action::"GET /quotes/{id}", resource);',
      );
      await until(async () => (await status('stop-quotes'))?.['state'] === 'enforced');
      expect(await allows(EDIT, 'acme/alice')).to.equal(true);
      await remove('nonsense');
      await remove('stop-quotes');
    });

    it('cannot permit', async () => {
      await put('open-up', 'permit (principal, action, resource);');
      await until(async () => (await status('open-up'))?.['state'] === 'rejected');
      expect(await allows(EDIT, 'acme/bob')).to.equal(false);
      await remove('open-up');
    });
  });

  it('refuses whoever is not the security role: a backend cannot write policies', async () => {
    const backend = new DynamoDBClient(clientSettings(cloud.cloud.endpointUrl, 'cedarwright-local-backend'));
    const item = marshall({
      ...policyKey.live('acme', 'sneaky'),
      statement: 'forbid (principal, action, resource);',
    });
    const error = await backend
      .send(new PutItemCommand({ TableName: tableName('policies'), Item: item }))
      .then(
        () => undefined,
        (failure: Error) => failure,
      );
    backend.destroy();
    expect(error?.name).to.equal('AccessDeniedException');
  });
});

const tenant = (policy: string): string => `import { saasTenant } from '../dsl/index.ts';

export default saasTenant({ slug: 'broken', policies: ({ permit }) => [
  // the policy in question
  ${policy},
] });
`;

const NEW_TENANT = `import { saasTenant } from '../dsl/index.ts';

export default saasTenant({
  slug: 'initech',
  policies: ({ permit, op }) => [permit().action(op.listAccounts).id('everyone-lists-accounts')],
  users: { peter: {} },
});
`;
