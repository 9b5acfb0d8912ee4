import * as grpc from '@grpc/grpc-js';
import plugin from '@pulumi/pulumi/proto/plugin_pb.js';
import service from '@pulumi/pulumi/proto/provider_grpc_pb.js';
import provider from '@pulumi/pulumi/proto/provider_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import struct from 'google-protobuf/google/protobuf/struct_pb.js';
import type { Json } from '../aws/input.ts';
import { LOOPBACK } from '../loopback.ts';
import type { Properties } from '../program/resource.ts';
import { assumedRole } from './assumed-role.ts';
import type { Operations, Resource } from './operations.ts';
import { fromWire, toWire } from './wire.ts';

export interface ProviderArgs {
  /** Of the npm package whose resources the program makes: an older provider than that would be warned of. */
  readonly version: string;
  /** `role`: the name of the role that an instance of the provider is configured to assume. */
  readonly operationsAs: (role: string | undefined) => Operations;
}

export interface Provider {
  readonly port: number;
  close(): void;
}

/**
 * Serves the embedded cloud to the Pulumi engine as its `aws` provider, which attaches with
 * `PULUMI_DEBUG_PROVIDERS=aws:<port>`. The SDK's own server is not used, because it takes over the whole process's
 * unhandled errors, and this process is the cloud.
 */
export async function startProvider(args: ProviderArgs): Promise<Provider> {
  const server = new grpc.Server({ 'grpc.max_receive_message_length': -1 });
  server.addService(service.ResourceProviderService, implementation(args));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`${LOOPBACK}:0`, grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  return { port, close: () => server.forceShutdown() };
}

type Call<Request> = grpc.ServerUnaryCall<Request, unknown>;

function implementation({ version, operationsAs }: ProviderArgs): grpc.UntypedServiceImplementation {
  // The engine has a connection of its own to each instance that a program configures, and says so only once.
  const instances = new Map<string, Operations>();
  const operations = (call: Call<unknown>): Operations =>
    instances.get(call.getPeer()) ?? operationsAs(undefined);
  const read = (properties: struct.Struct | undefined): Properties => fromWire(plain(properties));
  const write = (properties: Properties): struct.Struct =>
    struct.Struct.fromJavaScript(wireValues(toWire(properties)));

  return {
    handshake: unary(() => new provider.ProviderHandshakeResponse()),
    attach: unary(() => new empty.Empty()),
    cancel: unary(() => new empty.Empty()),
    getPluginInfo: unary(() => new plugin.PluginInfo().setVersion(version)),
    getSchema: unary(() => new provider.GetSchemaResponse().setSchema('{}')),
    checkConfig: unary(({ request }: Call<provider.CheckRequest>) =>
      new provider.CheckResponse().setInputs(request.getNews()),
    ),
    diffConfig: unary(() =>
      new provider.DiffResponse().setChanges(provider.DiffResponse.DiffChanges.DIFF_NONE),
    ),
    configure: unary((call: Call<provider.ConfigureRequest>) => {
      instances.set(call.getPeer(), operationsAs(assumedRole(plain(call.request.getArgs()))));
      // Secrets arrive plain and are marked again by the engine, which knows which inputs they were.
      return new provider.ConfigureResponse().setSupportspreview(true);
    }),
    invoke: unary(async (call: Call<provider.InvokeRequest>) => {
      const result = await operations(call).invoke(call.request.getTok(), plain(call.request.getArgs()));
      return new provider.InvokeResponse().setReturn(write(result));
    }),
    check: unary((call: Call<provider.CheckRequest>) => {
      const { request } = call;
      const failures = operations(call).check(resourceOf(request), plain(request.getNews()));
      return new provider.CheckResponse()
        .setInputs(request.getNews())
        .setFailuresList(
          failures.map(({ property, reason }) =>
            new provider.CheckFailure().setProperty(property).setReason(reason),
          ),
        );
    }),
    diff: unary((call: Call<provider.DiffRequest>) => {
      const { request } = call;
      const [before, now] = [read(request.getOldInputs()), read(request.getNews())];
      const { changed, replaces, deleteFirst } = operations(call).diff(resourceOf(request), before, now);
      const { DIFF_SOME, DIFF_NONE } = provider.DiffResponse.DiffChanges;
      return new provider.DiffResponse()
        .setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE)
        .setDiffsList([...changed])
        .setReplacesList([...replaces])
        .setDeletebeforereplace(deleteFirst);
    }),
    create: unary(async (call: Call<provider.CreateRequest>) => {
      const { request } = call;
      const inputs = read(request.getProperties());
      if (request.getPreview()) return new provider.CreateResponse().setProperties(write(inputs));
      const { id, state } = await operations(call).create(resourceOf(request), inputs);
      return new provider.CreateResponse().setId(id).setProperties(write(state));
    }),
    read: unary(async (call: Call<provider.ReadRequest>) => {
      const { request } = call;
      const [inputs, state] = [read(request.getInputs()), read(request.getProperties())];
      const found = await operations(call).read(resourceOf(request), request.getId(), inputs, state);
      if (!found) return new provider.ReadResponse();
      return new provider.ReadResponse()
        .setId(request.getId())
        .setInputs(write(found.inputs))
        .setProperties(write(found.state));
    }),
    update: unary(async (call: Call<provider.UpdateRequest>) => {
      const { request } = call;
      const [inputs, state] = [read(request.getNews()), read(request.getOlds())];
      const now = request.getPreview()
        ? { ...state, ...inputs }
        : await operations(call).update(resourceOf(request), request.getId(), inputs, state);
      return new provider.UpdateResponse().setProperties(write(now));
    }),
    delete: unary(async (call: Call<provider.DeleteRequest>) => {
      const { request } = call;
      await operations(call).delete(resourceOf(request), request.getId(), read(request.getProperties()));
      return new empty.Empty();
    }),
  };
}

/** `urn:pulumi:dev::cedarwright::parent$aws:dynamodb/table:Table::policies` */
function resourceOf(request: { getUrn(): string }): Resource {
  const [, , types = '', ...name] = request.getUrn().split('::');
  return { type: types.split('$').at(-1)!, name: name.join('::') };
}

const plain = (properties: struct.Struct | undefined): Json => properties?.toJavaScript() ?? {};

/** Protobuf's values know JSON's types alone. */
function wireValues(properties: Json): Record<string, struct.JavaScriptValue> {
  const text: Record<string, struct.JavaScriptValue> = JSON.parse(JSON.stringify(properties));
  return text;
}

/** An error becomes the engine's in the words of the service that refused. */
function unary<Request, Response>(answer: (call: Call<Request>) => Response | Promise<Response>) {
  const respond = async (call: Call<Request>, done: grpc.sendUnaryData<Response>): Promise<void> => {
    try {
      done(null, await answer(call));
    } catch (error) {
      done({ code: grpc.status.UNKNOWN, details: error instanceof Error ? error.message : String(error) });
    }
  };
  return (call: Call<Request>, done: grpc.sendUnaryData<Response>): void => void respond(call, done);
}
