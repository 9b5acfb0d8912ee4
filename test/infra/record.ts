import { fileURLToPath } from 'node:url';
import { createProgram, type Outcome } from '../../local/program/host.ts';
import type { Created, Properties, ResourceHandler, ResourceHandlers } from '../../local/program/resource.ts';

export interface Registration {
  readonly type: string;
  readonly name: string;
  readonly inputs: Properties;
}

export const CONFIG = {
  backendUrl: 'https://backend.example',
  gatewaySecret: 'hush',
  identityProviderSecrets: '{"staff":"whisper"}',
  callbackUrls: '{"default":["https://staff.example/callback"]}',
  usagePlans: '{"default":{"rate":100,"burst":200},"partner":{"rate":20,"burst":40}}',
  gateways: '["rest","http","websocket"]',
  webSocketOperation: 'GET /accounts',
  database:
    '{"secretArn":"arn:aws:secretsmanager:us-east-1:000000000000:secret:db","subnetIds":["a"],"securityGroupIds":["b"]}',
};

export interface Recording {
  /** The project; this repository, if left out. */
  readonly root?: string;
  readonly account?: string;
  /** What becomes of a registration. */
  readonly made?: (registration: Registration) => Created;
}

/** What a run registers, and how it ends. */
export interface Recorded {
  readonly registrations: readonly Registration[];
  readonly outcome: Outcome;
}

/** The real program, run as often as it is asked to: what one run made is there for the next. Outputs are made up. */
export function openProgram({
  root = REPOSITORY,
  account = '000000000000',
  made = plainly,
}: Recording = {}): {
  run(config: Readonly<Record<string, string>>): Promise<Recorded>;
  close(): void;
} {
  let registrations: Registration[] = [];
  const names = new Map<string, string>();
  const handlerOf = (type: string): ResourceHandler => ({
    inputs: Object.assign([], { includes: () => true }),
    replaceOn: [],
    async create(inputs, name) {
      registrations.push({ type, name, inputs });
      const created = made({ type, name, inputs });
      names.set(`${type} ${created.id}`, name);
      return created;
    },
    read: async (_, inputs, state) => ({ inputs, state }),
    async update(id, inputs) {
      const name = names.get(`${type} ${id}`)!;
      registrations.push({ type, name, inputs });
      return made({ type, name, inputs }).state;
    },
    delete: async () => undefined,
  });
  const handlers = new Proxy<ResourceHandlers>({}, { get: (_, type) => handlerOf(String(type)) });
  const invokes = {
    'aws:index/getRegion:getRegion': () => ({ region: 'us-east-1' }),
    'aws:index/getCallerIdentity:getCallerIdentity': () => ({ accountId: account }),
  };
  const program = createProgram({ root, stack: 'test', handlers, invokes });
  return {
    async run(config) {
      registrations = [];
      const outcome = await program.run(config);
      return { outcome, registrations };
    },
    close: () => program.close(),
  };
}

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

function plainly({ type, name, inputs }: Registration): Created {
  const arn = `arn:aws:${type.split(/[:/]/)[1]}:us-east-1:000000000000:${name}`;
  const outputs = {
    arn,
    name,
    invokeArn: arn,
    executionArn: arn,
    streamArn: `${arn}/stream/1`,
    url: arn,
    invokeUrl: arn,
  };
  return { id: `${name}-id`, state: { ...outputs, ...inputs } };
}
