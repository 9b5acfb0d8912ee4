import {
  GetPolicyStoreCommand,
  GetSchemaCommand,
  VerifiedPermissionsClient,
} from '@aws-sdk/client-verifiedpermissions';
import { expect } from 'chai';
import { verifiedPermissionsResources } from '../../../local/verified-permissions/resources.ts';
import type { ResourceHandler } from '../../../local/program/resource.ts';
import { failure } from '../failure.ts';
import { serveIdentity, type ServedServices } from '../serve-identity.ts';
import { SCHEMA } from './shop.ts';

describe('policy stores as resources of the program', () => {
  let cloud: ServedServices;
  let client: VerifiedPermissionsClient;
  let handler: (type: string) => ResourceHandler;
  before(async () => {
    cloud = await serveIdentity();
    client = new VerifiedPermissionsClient(cloud.client());
    const handlers = verifiedPermissionsResources({
      verifiedPermissions: cloud.verifiedPermissions,
      deployer: { accessKeyId: 'deployer' },
    });
    handler = (type) => handlers[`aws:verifiedpermissions/${type}`]!;
  });
  after(async () => {
    client.destroy();
    await cloud.close();
  });

  it('are made, changed and deleted with their schemas', async () => {
    const stores = handler('policyStore:PolicyStore');
    const schemas = handler('schema:Schema');
    const inputs = { validationSettings: { mode: 'STRICT' }, deletionProtection: 'ENABLED' };
    const store = await stores.create({ ...inputs, tags: { a: '1' } }, 'store');
    expect(store.state).to.include({ policyStoreId: store.id }).and.to.have.property('arn');

    const schema = await schemas.create(
      { policyStoreId: store.id, definition: { value: JSON.stringify(SCHEMA) } },
      'schema',
    );
    expect(schema.state['namespaces']).to.eql(['Shop']);
    const { schema: text } = await client.send(new GetSchemaCommand({ policyStoreId: store.id }));
    expect(JSON.parse(text ?? '')).to.eql(SCHEMA);

    expect((await failure(stores.delete(store.id, store.state))).message).to.contain('deletion protection');
    const changed = await stores.update(
      store.id,
      { ...inputs, deletionProtection: 'DISABLED', description: 'acme', tags: { b: '2' } },
      store.state,
    );
    const read = await client.send(new GetPolicyStoreCommand({ policyStoreId: store.id, tags: true }));
    expect(read).to.include({ deletionProtection: 'DISABLED', description: 'acme' });
    expect(read.tags).to.eql({ b: '2' });

    await schemas.delete(schema.id, schema.state);
    await stores.delete(store.id, changed);
    const error = await failure(client.send(new GetPolicyStoreCommand({ policyStoreId: store.id })));
    expect(error.name).to.equal('ResourceNotFoundException');
  });
});
