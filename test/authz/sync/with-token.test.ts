import { CreatePolicyStoreCommand, PutSchemaCommand } from '@aws-sdk/client-verifiedpermissions';
import { expect } from 'chai';
import { verifiedPermissionsStore } from '../../../authz/sync/verified-permissions-store.ts';
import type { ReleaseItem } from '../../../authz/tables/policies.ts';
import { canonicalJson } from '../../../cedar/canonical-json.ts';
import { sha256Hex } from '../../../cedar/hash.ts';
import { tokenSchema } from '../../../dsl/schema/token-schema.ts';
import { failure } from '../../local/failure.ts';
import { model } from './fixture.ts';
import { startWorld, type World } from './world.ts';

const POOL = 'us-east-1_Pool00001';
const SCHEMA = canonicalJson(tokenSchema(model, 'saasTenant', 'access'));
const LEVEL =
  'permit (principal in Library::Group::"acme|A", action, resource) when { principal.level > 3 };';
const UNKNOWN_ACTION = 'permit (principal, action == Library::Action::"burn", resource);';
const live = (group: string): string =>
  `forbid (principal in Library::Group::"${group}", action == Library::Action::"write", resource);`;

describe('the policy sync of a tenant that is asked with tokens', () => {
  let world: World;
  let store: string;
  beforeEach(async () => {
    world = await startWorld();
    const validationSettings = { mode: 'STRICT' } as const;
    const made = await world.verifiedPermissions.send(new CreatePolicyStoreCommand({ validationSettings }));
    store = made.policyStoreId ?? '';
    const definition = { cedarJson: SCHEMA };
    await world.verifiedPermissions.send(new PutSchemaCommand({ policyStoreId: store, definition }));
  });
  afterEach(() => world.close());

  const withToken = (userPoolId = POOL): Partial<ReleaseItem> => ({
    gatewayPolicyStoreId: store,
    gatewaySchemaSha256: sha256Hex(SCHEMA),
    token: { kind: 'saasTenant', use: 'access', userPoolId },
  });
  const stored = async (): Promise<readonly string[]> => {
    const policies = await verifiedPermissionsStore(world.verifiedPermissions, store).list();
    return policies.map(({ statement = '' }) => statement);
  };

  it('brings policies to the store of the gateway as questions with tokens need them', async () => {
    await world.release({ level: LEVEL }, withToken());
    expect(await world.sync()).to.deep.include({ release: 'enforced', writes: 2 });
    const [statement = '', ...others] = await stored();
    expect(others).to.deep.equal([]);
    expect(statement).to.contain(`Library::Group::"${POOL}|A"`).and.to.contain('context.token.level > 3');
    const [published] = (await world.snapshot()).policies;
    expect(published?.gatewayStatement).to.contain('principal.level > 3');
    expect(published?.tokenStatement).to.equal(statement);
    expect(await world.sync()).to.have.property('writes', 0);
  });

  it('takes live policies in that form too, and none that would begin to name somebody by it', async () => {
    await world.release({ level: LEVEL }, withToken());
    await world.putLive('brake', live('acme|B'));
    await world.putLive('trick', live(`${POOL}|B`));
    expect(await world.sync()).to.deep.include({ release: 'enforced', rejected: ['live-trick'] });
    const forbids = (await stored()).filter((statement) => statement.startsWith('forbid'));
    expect(forbids).to.have.length(1);
    expect(forbids[0]).to.contain(`Library::Group::"${POOL}|B"`);
    const { statuses } = await world.state();
    expect(statuses.find(({ sk }) => sk === 'status#live-trick')?.reason).to.contain('[MODE_WITH_TOKEN]');
  });

  it('never puts into the store what was accepted in another form, or for another pool', async () => {
    await world.release({ level: LEVEL });
    await world.sync();
    await world.release({ level: LEVEL, burn: UNKNOWN_ACTION }, withToken());
    expect((await failure(world.sync())).message).to.contain('the next is rejected');
    expect(await stored()).to.deep.equal([]);
    await world.release({ level: LEVEL }, withToken());
    await world.sync();
    await world.release({ level: LEVEL, burn: UNKNOWN_ACTION }, withToken());
    expect(await world.sync()).to.have.property('release', 'rejected');
    await world.release({ level: LEVEL, burn: UNKNOWN_ACTION }, withToken('us-east-1_Other0001'));
    expect((await failure(world.sync())).message).to.contain('the next is rejected');
    expect((await stored()).join()).to.contain(POOL);
  });
});
