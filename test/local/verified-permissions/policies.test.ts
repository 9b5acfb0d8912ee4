import {
  BatchGetPolicyCommand,
  ConflictException,
  CreatePolicyCommand,
  CreatePolicyStoreCommand,
  DeletePolicyCommand,
  GetPolicyCommand,
  GetSchemaCommand,
  ListPoliciesCommand,
  PutSchemaCommand,
  ResourceNotFoundException,
  ServiceQuotaExceededException,
  UpdatePolicyCommand,
  ValidationException,
  VerifiedPermissionsClient,
  type CreatePolicyCommandInput,
  type ListPoliciesCommandInput,
} from '@aws-sdk/client-verifiedpermissions';
import { expect } from 'chai';
import { failure } from '../failure.ts';
import { serveIdentity, type ServedServices } from '../serve-identity.ts';
import { FORBID_LARGE, PERMIT_VIEWERS, SCHEMA, VIEWERS } from './shop.ts';

describe('policies and schemas of Verified Permissions', () => {
  let cloud: ServedServices;
  let client: VerifiedPermissionsClient;
  let policyStoreId: string;
  let now = 0;

  beforeEach(async () => {
    now = Date.UTC(2026, 0, 1);
    cloud = await serveIdentity({ now: () => now });
    client = new VerifiedPermissionsClient(cloud.client());
    policyStoreId = await newStore('STRICT');
    await putSchema(SCHEMA);
  });
  afterEach(async () => {
    client.destroy();
    await cloud.close();
  });

  const newStore = async (mode: 'STRICT' | 'OFF') =>
    (await client.send(new CreatePolicyStoreCommand({ validationSettings: { mode } }))).policyStoreId ?? '';
  const putSchema = (schema: object) =>
    client.send(new PutSchemaCommand({ policyStoreId, definition: { cedarJson: JSON.stringify(schema) } }));
  const create = async (statement: string, options: Partial<CreatePolicyCommandInput> = {}) =>
    client.send(
      new CreatePolicyCommand({ policyStoreId, definition: { static: { statement } }, ...options }),
    );
  const update = async (policyId: string, statement: string) =>
    client.send(new UpdatePolicyCommand({ policyStoreId, policyId, definition: { static: { statement } } }));
  const list = async (options: Partial<ListPoliciesCommandInput> = {}) =>
    client.send(new ListPoliciesCommand({ policyStoreId, ...options }));

  it('tell effect, principal and actions of a policy', async () => {
    const made = await create(PERMIT_VIEWERS, { name: 'name/viewers' });
    expect(made).to.deep.include({
      policyType: 'STATIC',
      effect: 'Permit',
      principal: VIEWERS,
      actions: [{ actionType: 'Shop::Action', actionId: 'all' }],
    });
    expect(made).to.not.have.property('resource');
    const read = await client.send(new GetPolicyCommand({ policyStoreId, policyId: made.policyId }));
    expect(read.definition?.static?.statement).to.equal(PERMIT_VIEWERS);
    expect(read.name).to.equal('name/viewers');
  });

  it('are named uniquely, and the name stands for the id', async () => {
    const { policyId } = await create(PERMIT_VIEWERS, { name: 'name/a' });
    const error = await failure(create(FORBID_LARGE, { name: 'name/a' }));
    expect(error).to.be.an.instanceOf(ConflictException);
    expect(error).to.deep.include({ resources: [{ resourceId: policyId, resourceType: 'POLICY' }] });

    await update('name/a', PERMIT_VIEWERS.replace('tenant ==', 'tenant !='));
    const { definition } = await client.send(new GetPolicyCommand({ policyStoreId, policyId: 'name/a' }));
    expect(definition?.static?.statement).to.contain('!=');

    await client.send(new UpdatePolicyCommand({ policyStoreId, policyId, name: '' }));
    expect((await create(FORBID_LARGE, { name: 'name/a' })).policyId).to.not.equal(policyId);
    await client.send(new DeletePolicyCommand({ policyStoreId, policyId: 'name/a' }));
    expect((await list()).policies?.map((policy) => policy.policyId)).to.eql([policyId]);
  });

  it('must be named name/…', async () => {
    for (const name of ['viewers', 'name/with.dot', 'name/', `name/${'x'.repeat(150)}`]) {
      expect(await failure(create(PERMIT_VIEWERS, { name })), name).to.be.an.instanceOf(ValidationException);
    }
  });

  describe('validated', () => {
    for (const [what, statement] of [
      ['no Cedar', 'permit(principal'],
      ['two policies', `${PERMIT_VIEWERS}${FORBID_LARGE}`],
      ['a template', 'permit(principal == ?principal, action, resource == ?resource);'],
      ['an unknown attribute', 'permit(principal, action, resource) when { principal.shoe == 1 };'],
      ['an unknown action', 'permit(principal, action == Shop::Action::"paint", resource);'],
      ['a policy that can never apply', 'permit(principal is Shop::Role, action, resource);'],
      ['an impossible condition', 'permit(principal, action, resource) when { 1 == 1 && false };'],
    ] as const) {
      it(`refuse ${what}`, async () => {
        const error = await failure(create(statement));
        expect(error).to.be.an.instanceOf(ValidationException);
        expect(error).to.have.nested.property('fieldList[0].path', 'definition.static.statement');
        expect((await list()).policies).to.eql([]);
      });
    }

    it('refuse everything without a schema, and anything that parses without validation', async () => {
      policyStoreId = await newStore('STRICT');
      expect(await failure(create(PERMIT_VIEWERS))).to.be.an.instanceOf(ValidationException);
      policyStoreId = await newStore('OFF');
      await create('permit(principal, action, resource) when { principal.shoe == 1 };');
    });

    it('refuse a text that breaks the engine, and go on', async () => {
      policyStoreId = await newStore('STRICT');
      await putSchema(SCHEMA);
      const deep = `permit(principal, action, resource) when { ${'('.repeat(2000)}true${')'.repeat(2000)} };`;
      expect(await failure(create(deep))).to.be.an.instanceOf(ValidationException);
      await create(PERMIT_VIEWERS);
    });
  });

  it('may change their action and condition, but not effect, principal or resource', async () => {
    const { policyId = '' } = await create(PERMIT_VIEWERS);
    await update(policyId, PERMIT_VIEWERS.replace('"all"', '"reads"').replace('==', '!='));
    for (const statement of [
      PERMIT_VIEWERS.replace('permit', 'forbid'),
      PERMIT_VIEWERS.replace('principal in Shop::Role::"viewer"', 'principal'),
      PERMIT_VIEWERS.replace('viewer', 'editor'),
      PERMIT_VIEWERS.replace('resource)', 'resource is Shop::Order)'),
    ]) {
      expect(await failure(update(policyId, statement)), statement).to.be.an.instanceOf(ValidationException);
    }
    expect(await failure(update('missing', PERMIT_VIEWERS))).to.be.an.instanceOf(ResourceNotFoundException);
  });

  it('stay within the quotas of a policy and of a resource', async () => {
    const padded = (bytes: number, scope: string) =>
      `permit(principal, action, ${scope}) when { "${'x'.repeat(bytes)}" != "" };`;
    expect(await failure(create(padded(10_000, 'resource')))).to.be.an.instanceOf(
      ServiceQuotaExceededException,
    );
    policyStoreId = await newStore('OFF');
    const one = 'resource == Shop::Order::"1"';
    for (let made = 0; made < 20; made++) await create(padded(9_600, one));
    expect(await failure(create(padded(9_600, one)))).to.be.an.instanceOf(ServiceQuotaExceededException);
    await create(padded(9_600, 'resource == Shop::Order::"2"'));
  });

  it('are listed in pages and by filter', async () => {
    await create(PERMIT_VIEWERS);
    for (let made = 0; made < 11; made++) await create(FORBID_LARGE);
    const first = await list();
    const second = await list({ nextToken: first.nextToken });
    expect([first.policies?.length, second.policies?.length, second.nextToken]).to.eql([10, 2, undefined]);
    expect((await list({ filter: { principal: { identifier: VIEWERS } } })).policies).to.have.lengthOf(1);
    const unspecified = await list({ filter: { principal: { unspecified: true } }, maxResults: 50 });
    expect(unspecified.policies).to.have.lengthOf(11);
    expect(await failure(list({ maxResults: 0 }))).to.be.an.instanceOf(ValidationException);
  });

  it('are read in batches, each missing one named', async () => {
    const { policyId = '' } = await create(PERMIT_VIEWERS);
    const { results, errors } = await client.send(
      new BatchGetPolicyCommand({
        requests: [
          { policyStoreId, policyId },
          { policyStoreId, policyId: 'missing' },
          { policyStoreId: 'missing', policyId },
        ],
      }),
    );
    expect(results?.map(({ definition }) => definition?.static?.statement)).to.eql([PERMIT_VIEWERS]);
    expect(errors?.map(({ code }) => code)).to.eql(['POLICY_NOT_FOUND', 'POLICY_STORE_NOT_FOUND']);
  });

  it('are made once for a client token, for eight hours', async () => {
    const clientToken = 'one';
    const { policyId } = await create(PERMIT_VIEWERS, { clientToken });
    expect((await create(PERMIT_VIEWERS, { clientToken })).policyId).to.equal(policyId);
    expect(await failure(create(FORBID_LARGE, { clientToken }))).to.be.an.instanceOf(ConflictException);
    now += 8 * 60 * 60 * 1000;
    expect((await create(PERMIT_VIEWERS, { clientToken })).policyId).to.not.equal(policyId);
  });

  it('leave a schema as it was put, and take it away for {}', async () => {
    const { schema, namespaces } = await client.send(new GetSchemaCommand({ policyStoreId }));
    expect(schema).to.equal(JSON.stringify(SCHEMA));
    expect(namespaces).to.eql(['Shop']);
    await putSchema({});
    const error = await failure(client.send(new GetSchemaCommand({ policyStoreId })));
    expect(error).to.include({ name: 'ResourceNotFoundException', resourceType: 'SCHEMA' });
  });

  for (const [what, schema] of [
    ['two namespaces', { A: { entityTypes: {}, actions: {} }, B: { entityTypes: {}, actions: {} } }],
    ['no name', { '': { entityTypes: {}, actions: {} } }],
    ['a reserved name', { 'Amazon::Shop': { entityTypes: {}, actions: {} } }],
    ['an unknown type', { A: { entityTypes: { B: { memberOfTypes: ['C'] } }, actions: {} } }],
  ] as const) {
    it(`refuse a schema with ${what}`, async () => {
      expect(await failure(putSchema(schema))).to.be.an.instanceOf(ValidationException);
    });
  }

  it('refuse a schema of more than 100,000 bytes', async () => {
    const entityTypes = Object.fromEntries(
      Array.from({ length: 2000 }, (_, index) => [`T${'x'.repeat(50)}${index}`, {}]),
    );
    expect(await failure(putSchema({ A: { entityTypes, actions: {} } }))).to.be.an.instanceOf(
      ServiceQuotaExceededException,
    );
  });
});
