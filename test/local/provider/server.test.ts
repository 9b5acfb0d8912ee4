import * as grpc from '@grpc/grpc-js';
import provider from '@pulumi/pulumi/proto/provider_pb.js';
import service from '@pulumi/pulumi/proto/provider_grpc_pb.js';
import struct from 'google-protobuf/google/protobuf/struct_pb.js';
import { expect } from 'chai';
import { promisify } from 'node:util';
import type { Properties, ResourceHandler } from '../../../local/program/resource.ts';
import { createOperations } from '../../../local/provider/operations.ts';
import { type Provider, startProvider } from '../../../local/provider/server.ts';

const TYPE = 'shop:shelf:Shelf';
const URN = `urn:pulumi:dev::shop::shop:store:Store$${TYPE}::top`;
const ARCHIVE = { '4dabf18193072939515e22adb298388d': '0def7320c3a5731c473e5ecbe6d01bc7' };

const properties = (plain: object): struct.Struct => {
  const json: Record<string, struct.JavaScriptValue> = JSON.parse(JSON.stringify(plain));
  return struct.Struct.fromJavaScript(json);
};

describe('the embedded cloud as a Pulumi provider', () => {
  let shelves: Map<string, Properties>;
  let roles: (string | undefined)[];
  let server: Provider;
  let client: service.ResourceProviderClient;
  beforeEach(async () => {
    shelves = new Map();
    roles = [];
    const shelf: ResourceHandler = {
      inputs: ['name', 'color', 'place', 'code'],
      replaceOn: ['place'],
      async create(inputs, name) {
        if (inputs['color'] === 'none') throw new Error('no shelf without a colour');
        shelves.set(name, inputs);
        return { id: name, state: { ...inputs, arn: `arn:${name}` } };
      },
      async read(id, inputs, state) {
        const found = shelves.get(id);
        return found && { inputs: { ...inputs, ...found }, state: { ...state, ...found } };
      },
      async update(id, inputs, state) {
        shelves.set(id, inputs);
        return { ...state, ...inputs };
      },
      async delete(id) {
        shelves.delete(id);
      },
    };
    const invokes = { 'shop:index:open': (args: Properties) => ({ ...args, open: true }) };
    server = await startProvider({
      version: '1.2.3',
      operationsAs(role) {
        roles.push(role);
        return createOperations({ [TYPE]: shelf }, invokes);
      },
    });
    client = new service.ResourceProviderClient(
      `127.0.0.1:${server.port}`,
      grpc.credentials.createInsecure(),
    );
  });
  afterEach(() => {
    client.close();
    server.close();
  });

  const check = (news: struct.Struct, urn = URN): Promise<provider.CheckResponse> =>
    promisify<provider.CheckRequest, provider.CheckResponse>(client.check.bind(client))(
      new provider.CheckRequest().setUrn(urn).setNews(news),
    );
  const create = (inputs: struct.Struct, preview = false): Promise<provider.CreateResponse> =>
    promisify<provider.CreateRequest, provider.CreateResponse>(client.create.bind(client))(
      new provider.CreateRequest().setUrn(URN).setProperties(inputs).setPreview(preview),
    );
  const diff = (olds: struct.Struct, news: struct.Struct): Promise<provider.DiffResponse> =>
    promisify<provider.DiffRequest, provider.DiffResponse>(client.diff.bind(client))(
      new provider.DiffRequest().setUrn(URN).setId('top').setOldInputs(olds).setNews(news),
    );
  const read = (): Promise<provider.ReadResponse> =>
    promisify<provider.ReadRequest, provider.ReadResponse>(client.read.bind(client))(
      new provider.ReadRequest()
        .setUrn(URN)
        .setId('top')
        .setProperties(properties({}))
        .setInputs(properties({})),
    );
  const refusal = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => '',
      (error: unknown) => (error instanceof Error ? error.message : ''),
    );

  it('makes what is asked for, and says what it has become', async () => {
    const made = await create(properties({ color: 'red' }));
    expect(made.getId()).to.equal('top');
    expect(made.getProperties()?.toJavaScript()).to.deep.equal({ color: 'red', arn: 'arn:top' });
    expect(shelves.get('top')).to.deep.equal({ color: 'red' });
  });

  it('makes nothing for a preview', async () => {
    const made = await create(properties({ color: 'red' }), true);
    expect(made.getProperties()?.toJavaScript()).to.deep.equal({ color: 'red' });
    expect(shelves.size).to.equal(0);
  });

  it('refuses in the words of the service', async () => {
    expect(await refusal(create(properties({ color: 'none' })))).to.include('no shelf without a colour');
  });

  it('names the inputs that it would ignore, and types that it does not know', async () => {
    const checked = await check(properties({ color: 'red', size: 3, __defaults: [] }));
    expect(checked.getFailuresList().map((failure) => failure.getProperty())).to.deep.equal(['size']);
    expect(checked.getInputs()?.toJavaScript()).to.have.property('__defaults');
    const till = URN.replace(TYPE, 'shop:till:Till');
    expect(await refusal(check(properties({}), till))).to.include('does not know the type');
  });

  for (const [what, olds, news, changed, replaces] of [
    ['nothing', { color: 'red', __defaults: [] }, { color: 'red' }, [], []],
    ['an input', { color: 'red' }, { color: 'blue' }, ['color'], []],
    ['an input that is gone', { color: 'red' }, {}, ['color'], []],
    ['an input that makes another', { place: 1 }, { place: 2 }, ['place'], ['place']],
    [
      'a path of the same archive',
      { code: { ...ARCHIVE, path: '/a', hash: 'x' } },
      { code: { ...ARCHIVE, path: '/b', hash: 'x' } },
      [],
      [],
    ],
    [
      'an archive of which only the hash is recorded',
      { code: { ...ARCHIVE, hash: 'x' } },
      { code: { ...ARCHIVE, path: '/b', hash: 'x' } },
      [],
      [],
    ],
    [
      'another archive',
      { code: { ...ARCHIVE, path: '/a', hash: 'x' } },
      { code: { ...ARCHIVE, path: '/a', hash: 'y' } },
      ['code'],
      [],
    ],
  ] as const) {
    it(`tells what differs: ${what}`, async () => {
      const answer = await diff(properties(olds), properties(news));
      expect(answer.getDiffsList()).to.deep.equal(changed);
      expect(answer.getReplacesList()).to.deep.equal(replaces);
      const { DIFF_SOME, DIFF_NONE } = provider.DiffResponse.DiffChanges;
      expect(answer.getChanges()).to.equal(changed.length > 0 ? DIFF_SOME : DIFF_NONE);
    });
  }

  it('deletes first what keeps its name', async () => {
    const same = await diff(properties({ name: 'a', place: 1 }), properties({ name: 'a', place: 2 }));
    expect(same.getDeletebeforereplace()).to.equal(true);
    const other = await diff(properties({ name: 'a', place: 1 }), properties({ name: 'b', place: 2 }));
    expect(other.getDeletebeforereplace()).to.equal(false);
  });

  it('looks at what is there, and says when it is gone', async () => {
    expect((await read()).getId()).to.equal('');
    shelves.set('top', { color: 'green' });
    const found = await read();
    expect(found.getId()).to.equal('top');
    expect(found.getInputs()?.toJavaScript()).to.deep.equal({ color: 'green' });
  });

  it('acts as the role that the program’s provider assumes', async () => {
    const configure = promisify<provider.ConfigureRequest, provider.ConfigureResponse>(
      client.configure.bind(client),
    );
    const roleArn = 'arn:aws:iam::000000000000:role/dev-security';
    await configure(
      new provider.ConfigureRequest().setArgs(properties({ assumeRoles: JSON.stringify([{ roleArn }]) })),
    );
    await create(properties({ color: 'red' }));
    expect(roles).to.deep.equal(['dev-security']);
  });

  it('answers data sources', async () => {
    const invoke = promisify<provider.InvokeRequest, provider.InvokeResponse>(client.invoke.bind(client));
    const answer = await invoke(
      new provider.InvokeRequest().setTok('shop:index:open').setArgs(properties({ day: 'Monday' })),
    );
    expect(answer.getReturn()?.toJavaScript()).to.deep.equal({ day: 'Monday', open: true });
  });
});
