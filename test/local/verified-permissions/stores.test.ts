import {
  CreatePolicyStoreCommand,
  DeletePolicyStoreCommand,
  GetPolicyStoreCommand,
  InvalidStateException,
  ListPolicyStoresCommand,
  ListTagsForResourceCommand,
  ResourceNotFoundException,
  TagResourceCommand,
  TooManyTagsException,
  UntagResourceCommand,
  UpdatePolicyStoreCommand,
  ValidationException,
  VerifiedPermissionsClient,
} from '@aws-sdk/client-verifiedpermissions';
import { expect } from 'chai';
import { failure } from '../failure.ts';
import { ACCOUNT, serveIdentity, type ServedServices } from '../serve-identity.ts';

describe('policy stores of Verified Permissions', () => {
  let cloud: ServedServices;
  let client: VerifiedPermissionsClient;
  beforeEach(async () => {
    cloud = await serveIdentity();
    client = new VerifiedPermissionsClient(cloud.client());
  });
  afterEach(async () => {
    client.destroy();
    await cloud.close();
  });
  const create = async (options: object = {}) =>
    client.send(new CreatePolicyStoreCommand({ validationSettings: { mode: 'STRICT' }, ...options }));

  it('are told with their settings, an ARN without region and the version of Cedar', async () => {
    const { policyStoreId } = await create({ description: 'acme', tags: { tenant: 'acme' } });
    const store = await client.send(new GetPolicyStoreCommand({ policyStoreId, tags: true }));
    expect(store).to.include({
      arn: `arn:aws:verifiedpermissions::${ACCOUNT}:policy-store/${policyStoreId}`,
      description: 'acme',
      deletionProtection: 'DISABLED',
      cedarVersion: 'CEDAR_4',
    });
    expect(store.validationSettings).to.eql({ mode: 'STRICT' });
    expect(store.tags).to.eql({ tenant: 'acme' });
    expect(store.createdDate).to.be.an.instanceOf(Date);
  });

  it('keep on an update what it does not name', async () => {
    const { policyStoreId } = await create({ description: 'acme', deletionProtection: 'ENABLED' });
    await client.send(new UpdatePolicyStoreCommand({ policyStoreId, validationSettings: { mode: 'OFF' } }));
    const store = await client.send(new GetPolicyStoreCommand({ policyStoreId }));
    expect(store).to.include({ description: 'acme', deletionProtection: 'ENABLED' });
    expect(store.validationSettings).to.eql({ mode: 'OFF' });
  });

  it('are deleted only without deletion protection; one that is gone may be deleted again', async () => {
    const { policyStoreId } = await create({ deletionProtection: 'ENABLED' });
    expect(await failure(client.send(new DeletePolicyStoreCommand({ policyStoreId })))).to.be.an.instanceOf(
      InvalidStateException,
    );
    await client.send(
      new UpdatePolicyStoreCommand({
        policyStoreId,
        validationSettings: { mode: 'STRICT' },
        deletionProtection: 'DISABLED',
      }),
    );
    await client.send(new DeletePolicyStoreCommand({ policyStoreId }));
    await client.send(new DeletePolicyStoreCommand({ policyStoreId }));
    const error = await failure(client.send(new GetPolicyStoreCommand({ policyStoreId })));
    expect(error).to.be.an.instanceOf(ResourceNotFoundException);
    expect(error).to.include({ resourceId: policyStoreId, resourceType: 'POLICY_STORE' });
  });

  it('are listed in pages that survive a deletion between them', async () => {
    const ids: (string | undefined)[] = [];
    for (let made = 0; made < 13; made++) ids.push((await create()).policyStoreId);
    const first = await client.send(new ListPolicyStoresCommand({}));
    expect(first.policyStores).to.have.lengthOf(10);
    await client.send(new DeletePolicyStoreCommand({ policyStoreId: ids[9] }));
    const second = await client.send(new ListPolicyStoresCommand({ nextToken: first.nextToken }));
    expect(second.policyStores?.map(({ policyStoreId }) => policyStoreId)).to.eql(ids.slice(10));
    expect(second.nextToken).to.equal(undefined);
  });

  it('refuse a page size, a token and a mode that the service does not know', async () => {
    for (const call of [
      client.send(new ListPolicyStoresCommand({ maxResults: 51 })),
      client.send(new ListPolicyStoresCommand({ nextToken: 'AAAA' })),
      create({ validationSettings: { mode: 'LAX' } }),
      create({ description: 'x'.repeat(151) }),
    ]) {
      const error = await failure(call);
      expect(error).to.be.an.instanceOf(ValidationException);
      expect(error).to.have.nested.property('fieldList[0].path');
    }
  });

  it('carry up to 50 tags', async () => {
    const { arn: resourceArn } = await create({ tags: { a: '1', b: '2' } });
    await client.send(new TagResourceCommand({ resourceArn, tags: { b: '3', c: '4' } }));
    await client.send(new UntagResourceCommand({ resourceArn, tagKeys: ['a'] }));
    const { tags } = await client.send(new ListTagsForResourceCommand({ resourceArn }));
    expect(tags).to.eql({ b: '3', c: '4' });
    const many = Object.fromEntries(Array.from({ length: 49 }, (_, index) => [`tag${index}`, '']));
    const error = await failure(client.send(new TagResourceCommand({ resourceArn, tags: many })));
    expect(error).to.be.an.instanceOf(TooManyTagsException);
  });

  it('are open to a role only as far as its policies say', async () => {
    const { policyStoreId, arn } = await create();
    const trust = { Statement: [] };
    cloud.iam.roles.create('reader', JSON.stringify(trust));
    cloud.iam.roles.putPolicy(
      'reader',
      'rights',
      JSON.stringify({
        Statement: [{ Effect: 'Allow', Action: 'verifiedpermissions:GetPolicyStore', Resource: arn }],
      }),
    );
    const reader = new VerifiedPermissionsClient(cloud.client('reader'));
    await reader.send(new GetPolicyStoreCommand({ policyStoreId }));
    const error = await failure(reader.send(new DeletePolicyStoreCommand({ policyStoreId })));
    expect(error.name).to.equal('AccessDeniedException');
    reader.destroy();
  });
});
