import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createGateway } from '../../local/api-gateway/server.ts';
import { isJson, jsonList, type Json } from '../../local/aws/input.ts';
import { createEndpoint } from '../../local/endpoint.ts';
import { Faults } from '../../local/faults.ts';
import { close, freePortPair, listen, LOOPBACK } from '../../local/loopback.ts';
import { createEngine, type Engine } from '../../local/provider/engine.ts';
import type { Operations, Resource } from '../../local/provider/operations.ts';
import { serveProvider } from '../../local/provider/serve.ts';
import type { Created, Properties } from '../../local/program/resource.ts';
import { createServices, type Services } from '../../local/services.ts';
import { clientSettings } from '../../local/settings.ts';
import { CLI } from './cli.ts';
import { deployable, type Project } from './project.ts';

/** What the engine did, of what was not left as it was: `create acme-pool`, sorted. */
export interface Deployment {
  readonly code: number;
  readonly changes: readonly string[];
  /** All that was said as an error or a warning. */
  readonly said: string;
  readonly unchanged: number;
}

/** An embedded cloud without a backend, and a project that the genuine engine deploys to it. */
export interface TestStack {
  readonly project: Project;
  readonly services: Services;
  /** Called with each thing that was made, before the engine hears of it. */
  made: (resource: Resource, inputs: Properties, created: Created) => Promise<void> | void;
  /** Whether the service refuses to make a thing. */
  refuse: (resource: Resource) => boolean;
  /** Config keys of every stack here. */
  readonly config: Readonly<Record<string, string>>;
  /** What a person does through the API of a service. */
  do(target: string, operation: string, input: Json, role?: string): Promise<Json>;
  /** What a service answers to a person, as the list of that name in it. */
  call(target: string, operation: string, input: Json, list: string): Promise<readonly Json[]>;
  /** As the role of this name: the security role of the stack may write items. */
  dynamodb(role: string): DynamoDBClient;
  engine(stack: string): Promise<TestEngine>;
  close(): Promise<void>;
}

export interface TestEngine {
  up(...options: readonly string[]): Promise<Deployment>;
  /** Any command, with what it printed. */
  run(...command: readonly string[]): Promise<{ readonly code: number; readonly text: string }>;
  /** An `up` that is killed, as by a power cut, when the condition that the caller waits for holds. */
  upKilled(when: Promise<unknown>): Promise<void>;
  /** The state as the backend keeps it. */
  state(): Promise<string>;
}

export async function startTestStack(config: Readonly<Record<string, string>> = {}): Promise<TestStack> {
  const project = await deployable();
  const port = await freePortPair();
  const [gatewayUrl, endpointUrl] = [`http://${LOOPBACK}:${port}`, `http://${LOOPBACK}:${port + 1}`];
  const services = createServices({ gatewayUrl, endpointUrl, password: 'Correct-horse-9' });
  const gateway = createGateway({
    invoke: services.invoke,
    deployed: () => services.deployed(),
    usagePlans: services.usagePlans,
  });
  const endpoint = createEndpoint({
    services: services.services,
    routes: services.routes,
    faults: new Faults(),
  });
  await listen(gateway, port);
  await listen(endpoint, port + 1);
  const watched = (operations: Operations): Operations => ({
    ...operations,
    async create(resource, inputs) {
      if (stack.refuse(resource)) throw new Error('refused for a test');
      const created = await operations.create(resource, inputs);
      await stack.made(resource, inputs, created);
      return created;
    },
  });
  const provider = await serveProvider(services, watched);
  const settings = { ...CONFIG, ...databaseOf(services), ...config };
  const clients: DynamoDBClient[] = [];

  const stack: TestStack = {
    project,
    services,
    made: () => undefined,
    refuse: () => false,
    config: settings,
    async do(target, operation, input, role = 'operator') {
      const service = services.services.find((one) => one.target === target)!;
      return { ...(await service.call(operation, input, { accessKeyId: role })) };
    },
    async call(target, operation, input, list) {
      return jsonList(await stack.do(target, operation, input), list);
    },
    dynamodb(role) {
      const client = new DynamoDBClient(clientSettings(endpointUrl, role));
      clients.push(client);
      return client;
    },
    async engine(name) {
      const engine = createEngine({ cli: CLI!, root: project.root, stack: name, provider: provider.port });
      await engine.configure(settings);
      return testEngine(
        engine,
        path.join(project.root, '.cedarwright/pulumi/.pulumi/stacks/cedarwright', `${name}.json`),
      );
    },
    async close() {
      for (const client of clients) client.destroy();
      provider.close();
      await close(gateway);
      await close(endpoint);
      await services.close();
      await project.close();
    },
  };
  return stack;
}

/** The role that owns policies and the registry in the stack `dev`. */
export const SECURITY = 'cedarwright-dev-security';

const CONFIG = {
  backendUrl: 'http://127.0.0.1:9',
  gatewaySecret: 'a-secret-to-look-for',
  identityProviderSecrets: '{"default":"another-secret-to-look-for"}',
  callbackUrls: '{"default":["http://localhost:3000/callback"]}',
  protect: 'false',
  storeConsistencyMs: '0',
};

const databaseOf = (services: Services): Record<string, string> => ({
  database: JSON.stringify({
    secretArn: services.putSecret('database', {}),
    subnetIds: ['subnet-local'],
    securityGroupIds: ['sg-local'],
  }),
});

function testEngine(engine: Engine, stateFile: string): TestEngine {
  const run = async (command: readonly string[], signal?: AbortSignal) => {
    let text = '';
    const code = await engine.run(command, { heard: (more) => (text += more), ...(signal && { signal }) });
    return { code, text };
  };
  return {
    async up(...options) {
      const { code, text } = await run(['up', '--yes', '--skip-preview', '--json', ...options]);
      return deploymentOf(code, text);
    },
    run: (...command) => run(command),
    async upKilled(when) {
      const killing = new AbortController();
      const running = run(['up', '--yes', '--skip-preview', '--json'], killing.signal);
      await when;
      await writtenDown(stateFile);
      killing.abort();
      await running;
    },
    state: async () => (await run(['stack', 'export'])).text,
  };
}

/** While it is writing its state, a kill would leave half a file: its own backup is for that. */
async function writtenDown(file: string): Promise<void> {
  for (let seen = ''; ;) {
    const text = await readFile(file, 'utf8');
    if (text === seen && text.endsWith('}}')) return;
    seen = text;
    await delay(500);
  }
}

const LEFT_AS_IT_WAS: ReadonlySet<unknown> = new Set(['same', 'refresh', 'read']);

function deploymentOf(code: number, text: string): Deployment {
  const events = text.split('\n').flatMap((line): Json[] => {
    try {
      const event: unknown = JSON.parse(line);
      return isJson(event) ? [event] : [];
    } catch {
      return [{ diagnosticEvent: { severity: 'error', message: line } }];
    }
  });
  const done = events.flatMap(({ resOutputsEvent: event }) =>
    isJson(event) && isJson(event['metadata']) ? [event['metadata']] : [],
  );
  const said = events.flatMap(({ diagnosticEvent: event }) =>
    isJson(event) && /^(error|warning|info)/.test(String(event['severity']))
      ? [String(event['message'])]
      : [],
  );
  const changed = done.filter(({ op }) => !LEFT_AS_IT_WAS.has(op));
  return {
    code,
    changes: changed.map(({ op, urn }) => `${String(op)} ${String(urn).split('::').at(-1)}`).toSorted(),
    said: said.join('\n').trim(),
    unchanged: done.filter(({ op }) => op === 'same').length,
  };
}
