import {
  BatchIsAuthorizedCommand,
  CreatePolicyCommand,
  CreatePolicyStoreCommand,
  DeletePolicyCommand,
  GetPolicyCommand,
  IsAuthorizedCommand,
  PutSchemaCommand,
  ValidationException,
  VerifiedPermissionsClient,
} from '@aws-sdk/client-verifiedpermissions';
import { expect } from 'chai';
import { failure } from '../failure.ts';
import { serveIdentity, type ServedServices } from '../serve-identity.ts';
import { ALICE, FORBID_LARGE, ORDER, PERMIT_VIEWERS, question, SCHEMA } from './shop.ts';

describe('decisions of Verified Permissions', () => {
  let cloud: ServedServices;
  let client: VerifiedPermissionsClient;
  let now = 0;
  const start = async (options: { consistencyMs?: number } = {}) => {
    cloud = await serveIdentity({ ...options, now: () => now });
    client = new VerifiedPermissionsClient(cloud.client());
  };
  afterEach(async () => {
    client.destroy();
    await cloud.close();
  });

  const newStore = async (mode: 'STRICT' | 'OFF' = 'STRICT') => {
    const { policyStoreId = '' } = await client.send(
      new CreatePolicyStoreCommand({ validationSettings: { mode } }),
    );
    const definition = { cedarJson: JSON.stringify(SCHEMA) };
    await client.send(new PutSchemaCommand({ policyStoreId, definition }));
    return policyStoreId;
  };
  const create = async (policyStoreId: string, statement: string) =>
    (await client.send(new CreatePolicyCommand({ policyStoreId, definition: { static: { statement } } })))
      .policyId ?? '';
  const ask = (input: ReturnType<typeof question>) => client.send(new IsAuthorizedCommand(input));

  it('allow and deny as the policies say, naming those that decided', async () => {
    await start();
    const store = await newStore();
    const permit = await create(store, PERMIT_VIEWERS);
    const forbid = await create(store, FORBID_LARGE);
    const allowed = await ask(question(store, { tenant: 'acme', total: 10 }));
    expect(allowed).to.include({ decision: 'ALLOW' });
    expect(allowed.determiningPolicies).to.eql([{ policyId: permit }]);
    const tooLarge = await ask(question(store, { tenant: 'acme', total: 2000 }));
    expect(tooLarge).to.include({ decision: 'DENY' });
    expect(tooLarge.determiningPolicies).to.eql([{ policyId: forbid }]);
    expect((await ask(question(store, { tenant: 'globex', total: 10 }))).determiningPolicies).to.eql([]);
  });

  it('know the groups of an action, and theirs, from the schema alone', async () => {
    await start();
    const store = await newStore();
    await create(store, PERMIT_VIEWERS);
    expect(await ask(question(store, { tenant: 'acme', total: 1 }))).to.include({ decision: 'ALLOW' });
    const input = question(store, { tenant: 'acme', total: 1 });
    const action = { identifier: { entityType: 'Shop::Action', entityId: 'GET /orders/{id}' } };
    const error = await failure(
      client.send(
        new IsAuthorizedCommand({
          ...input,
          entities: { entityList: [...input.entities.entityList, action] },
        }),
      ),
    );
    expect(error).to.be.an.instanceOf(ValidationException);
  });

  it("take entities and context in Cedar's JSON form too", async () => {
    await start();
    const store = await newStore();
    await create(store, PERMIT_VIEWERS.replace('};', '&& context.ip.isInRange(ip("10.0.0.0/8")) };'));
    const cedarForm = (ip: string) => ({
      ...question(store, { tenant: 'acme', total: 1 }),
      context: { cedarJson: JSON.stringify({ ip: { __extn: { fn: 'ip', arg: ip } } }) },
      entities: {
        cedarJson: JSON.stringify([
          {
            uid: { type: 'Shop::User', id: 'alice' },
            attrs: { tenant: 'acme' },
            parents: [{ __entity: { type: 'Shop::Role', id: 'viewer' } }],
          },
          { uid: { __entity: { type: 'Shop::Order', id: '1' } }, attrs: { tenant: 'acme', total: 1 } },
        ]),
      },
    });
    const decide = async (ip: string) => (await client.send(new IsAuthorizedCommand(cedarForm(ip)))).decision;
    expect([await decide('10.1.2.3'), await decide('8.8.8.8')]).to.eql(['ALLOW', 'DENY']);
  });

  it('name the policy that could not be evaluated by its own id', async () => {
    await start();
    const store = await newStore();
    await create(store, PERMIT_VIEWERS);
    const forbid = await create(store, FORBID_LARGE);
    const input = question(store, { tenant: 'acme', total: 1 });
    const orderWithoutTotal = { identifier: ORDER, attributes: { tenant: { string: 'acme' } } };
    const { decision, errors } = await client.send(
      new IsAuthorizedCommand({
        ...input,
        entities: { entityList: [...input.entities.entityList.slice(0, 1), orderWithoutTotal] },
      }),
    );
    // What Cedar itself says: a forbid that errs is skipped. Whoever enforces must look at the errors.
    expect(decision).to.equal('ALLOW');
    expect(errors?.map(({ errorDescription }) => /policy `(.*?)`/.exec(errorDescription ?? '')?.[1])).to.eql([
      forbid,
    ]);
  });

  it('refuse numbers that JSON does not carry, values of no type, and entities given twice', async () => {
    await start();
    const store = await newStore();
    const input = question(store, { tenant: 'acme', total: 1 });
    const [alice] = input.entities.entityList;
    const other = { ...alice!, attributes: { tenant: { string: 'globex' } } };
    for (const change of [
      { context: { cedarJson: '{"ip": 9007199254740993}' } },
      { context: { cedarJson: '{"ip": 1.5}' } },
      { context: { cedarJson: 'no JSON' } },
      { context: { cedarJson: '{"ip": {"__extn": {"fn": "ip", "arg": "no ip"}}}' } },
      { entities: { entityList: [alice!, other] } },
      { action: { actionType: 'Shop::Verb', actionId: 'GET /orders/{id}' } },
    ]) {
      const error = await failure(client.send(new IsAuthorizedCommand({ ...input, ...change })));
      expect(error, JSON.stringify(change)).to.be.an.instanceOf(ValidationException);
    }
  });

  it('come in batches of up to 30 about one principal or one resource', async () => {
    await start();
    const store = await newStore();
    await create(store, PERMIT_VIEWERS);
    const { policyStoreId, entities, ...one } = question(store, { tenant: 'acme', total: 1 });
    const batch = (requests: (typeof one)[]) =>
      client.send(new BatchIsAuthorizedCommand({ policyStoreId, entities, requests }));
    const other = { ...one, resource: { ...ORDER, entityId: '2' } };
    const { results } = await batch([one, other]);
    expect(results?.map(({ decision }) => decision)).to.eql(['ALLOW', 'DENY']);
    expect(results?.[1]?.request?.resource?.entityId).to.equal('2');
    const unlike = { ...other, principal: { ...ALICE, entityId: 'bob' } };
    expect(await failure(batch([one, unlike]))).to.be.an.instanceOf(ValidationException);
    expect(await failure(batch(Array.from({ length: 31 }, () => one)))).to.be.an.instanceOf(
      ValidationException,
    );
  });

  it('go on in other stores, and in the same one, after a policy has killed the engine', async () => {
    await start();
    const [sane, broken] = [await newStore(), await newStore('OFF')];
    await create(sane, PERMIT_VIEWERS);
    const order = { tenant: 'acme', total: 1 };
    // Some length parses and overflows the engine's stack when it is evaluated. Which one depends on how far V8 has
    // optimized the engine: 370 terms in a new process, fewer after a crash.
    let killer = '';
    for (let terms = 200; killer === '' && terms < 900; terms += 10) {
      const chain = Array.from({ length: terms }, () => '1==1').join('&&');
      const policy = await create(broken, `permit(principal, action, resource) when { ${chain} };`);
      const died = await ask(question(broken, order)).then(
        () => false,
        ({ name }: Error) => name === 'InternalServerException',
      );
      if (died) killer = policy;
      else await client.send(new DeletePolicyCommand({ policyStoreId: broken, policyId: policy }));
    }
    expect(killer).not.to.equal('');
    expect(await ask(question(sane, order))).to.include({ decision: 'ALLOW' });
    await client.send(new DeletePolicyCommand({ policyStoreId: broken, policyId: killer }));
    expect(await ask(question(broken, order))).to.include({ decision: 'DENY' });
  });

  it('see a change only after the delay of an eventually consistent service', async () => {
    await start({ consistencyMs: 5000 });
    const store = await newStore();
    now += 5000;
    const policyId = await create(store, PERMIT_VIEWERS);
    const order = { tenant: 'acme', total: 1 };
    const read = () => client.send(new GetPolicyCommand({ policyStoreId: store, policyId }));
    expect(await ask(question(store, order))).to.include({ decision: 'DENY' });
    expect((await failure(read())).name).to.equal('ResourceNotFoundException');
    now += 5000;
    expect(await ask(question(store, order))).to.include({ decision: 'ALLOW' });
    await read();
  });
});
