import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { randomBytes } from 'node:crypto';
import { loadModel } from '../dsl/schema/model.ts';
import { createGateway } from './api-gateway/server.ts';
import { startBackend } from './backend/server.ts';
import { createEndpoint } from './endpoint.ts';
import { Faults } from './faults.ts';
import { close, freePort, freePortPair, listen, LOOPBACK } from './loopback.ts';
import { APPLICATION_CALLBACK } from './oidc/issuers.ts';
import { openProjectDatabase, type ProjectDatabase } from './postgres/project-database.ts';
import { createProgram, type Outcome, type Program } from './program/host.ts';
import { createEngine, forgetStacks } from './provider/engine.ts';
import { serveProvider } from './provider/serve.ts';
import { waitForReleases } from './released.ts';
import { registryRows } from './seed/registry-rows.ts';
import { subjectsInPostgres, subjectsTable } from './seed/subject-writers.ts';
import { TestUsers } from './seed/users.ts';
import { createServices } from './services.ts';
import { BACKEND_ROLE, clientSettings, QUIET_AWS_CLIENTS, REGION, STACK, tableName } from './settings.ts';

export interface CloudArgs {
  /** Folder of the project: its vocabulary, its tenants. */
  readonly root: string;
  /** Of the gateway; the endpoint takes the next one. 0: any that is free with its next. */
  readonly port: number;
  /** Of all test users. */
  readonly password: string;
  /** Entry point of the backend service. */
  readonly backend: string;
  /** Folder of its SQL files. Absent: a project without a database, for which none is started. */
  readonly migrations?: string;
  /** Config keys of the stack that differ from the embedded cloud's own. */
  readonly config?: Readonly<Record<string, string>>;
  /** Path of the Pulumi CLI, to deploy by the genuine engine. Absent: the program runs without it, much faster. */
  readonly cli?: string;
  /** Told what is going on while it goes on. */
  readonly step?: <T>(what: string, work: Promise<T>) => Promise<T>;
  /** Takes what the backend prints. */
  readonly backendLog?: (text: string) => void;
}

/** `problems`: why nothing was changed. */
export interface Update extends Omit<Outcome, 'tenants'> {
  readonly milliseconds: number;
}

export interface Cloud {
  readonly gatewayUrl: string;
  readonly endpointUrl: string;
  /** Undefined where the stack has no such API. */
  readonly httpUrl: string | undefined;
  readonly webSocketUrl: string | undefined;
  readonly faults: Faults;
  /** For the Pulumi engine, which attaches with `PULUMI_DEBUG_PROVIDERS=aws:<port>`. */
  readonly provider: { readonly port: number };
  /** Config keys of a stack that is deployed here. */
  readonly config: Readonly<Record<string, string>>;
  /** Runs the program on the tenant files as they are now, and waits until their policies are enforced. */
  update(): Promise<Update>;
  close(): Promise<void>;
}

/** What is wrong with the tenant files, or with what the program makes of them. */
export class InputRefused extends Error {
  override readonly name = 'InputRefused';

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

/**
 * Starts everything: the services, the project's database, the backend, and the Pulumi program that makes the rest.
 * @throws PortTaken
 * @throws InputRefused
 */
export async function startCloud(args: CloudArgs): Promise<Cloud> {
  const closing: (() => Promise<void> | void)[] = [];
  // One that cannot be closed keeps none of the others open.
  const closeAll = async (): Promise<void> => {
    const failures: unknown[] = [];
    for (const one of closing.splice(0).toReversed()) {
      try {
        await one();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'not everything could be closed');
  };
  try {
    return await open(args, closing, closeAll);
  } catch (error) {
    // Why it did not start says more than what else went wrong because of it.
    await closeAll().catch(() => undefined);
    throw error;
  }
}

async function open(
  args: CloudArgs,
  closing: (() => Promise<void> | void)[],
  closeAll: () => Promise<void>,
): Promise<Cloud> {
  const { step = (_, work) => work, backendLog = () => undefined } = args;
  const faults = new Faults();
  const secrets: Secrets = { gateway: randomSecret(), backend: randomSecret(), hook: randomSecret() };

  const gatewayPort = args.port === 0 ? await freePortPair() : args.port;
  const endpointPort = gatewayPort + 1;
  const [gatewayUrl, endpointUrl] = [
    `http://${LOOPBACK}:${gatewayPort}`,
    `http://${LOOPBACK}:${endpointPort}`,
  ];
  const services = createServices({ gatewayUrl, endpointUrl, password: args.password });
  closing.push(() => services.close());
  // Before anything that takes its time: a port that is taken is the one thing that is likely to be wrong.
  const gateway = createGateway({
    invoke: services.invoke,
    deployed: () => services.deployed(),
    usagePlans: services.usagePlans,
  });
  const endpoint = createEndpoint({ services: services.services, routes: services.routes, faults });
  for (const [server, port] of [
    [gateway, gatewayPort],
    [endpoint, endpointPort],
  ] as const) {
    await listen(server, port);
    closing.push(() => close(server));
  }
  const { root, cli } = args;
  await forgetStacks(root);
  // Its libraries take a quarter of a second to load, which PostgreSQL takes anyway.
  const serving = serveProvider(services);
  closing.push(async () => (await serving).close());
  const program = cli
    ? await underEngine({ cli, root, stack: STACK, provider: (await serving).port })
    : createProgram({ root, stack: STACK, handlers: services.handlers, invokes: services.invokes });
  closing.push(() => program.close());

  const database =
    args.migrations === undefined ? undefined : await openProjectDatabase(args.migrations, secrets, step);
  closing.push(() => database?.close());
  const backendPort = await freePort();
  const backend = startBackend({
    entry: args.backend,
    root,
    port: backendPort,
    log: backendLog,
    environment: {
      ...backendEnvironment(endpointUrl, database, secrets),
      ...socketEnvironment(endpointUrl, args.config?.['webSocketOperation']),
      ...corsEnvironment(args.config?.['corsOrigins']),
    },
  });
  // Its failure is told by the last step; until then, and in the end, it is nobody's surprise.
  const started = backend.catch(() => undefined);
  closing.push(async () => (await started)?.close());

  const config = {
    backendUrl: `http://${LOOPBACK}:${backendPort}`,
    gatewaySecret: secrets.gateway,
    // One second: long enough to see the cache at work, short enough to see an edit.
    gatewayTtlSeconds: '1',
    registryStalenessSeconds: '1',
    storeConsistencyMs: '0',
    protect: 'false',
    // A bench is one tenant that asks as fast as it can.
    identityProviderSecrets: JSON.stringify({ default: randomSecret() }),
    callbackUrls: JSON.stringify({ default: [APPLICATION_CALLBACK] }),
    usagePlans: `{"default":${UNLIMITED},"*":${UNLIMITED}}`,
    ...(database && { database: databaseConfig(services.putSecret(DATABASE_SECRET, database.hookLogin)) }),
    ...args.config,
  };
  const clients = openClients(endpointUrl, database);
  closing.push(() => clients.close());
  const users = new TestUsers({
    cognito: clients.cognito,
    password: args.password,
    issuers: services.issuers,
    writers: clients.writers,
  });
  const update = createUpdate(program, config, clients.dynamodb, users);

  const first = async (): Promise<void> => {
    const { problems } = await update();
    if (problems.length > 0) throw new InputRefused(problems);
  };
  await step('Pulumi program, policies and users', first());
  await step('backend', backend);
  return {
    gatewayUrl,
    endpointUrl,
    httpUrl: services.httpUrl(),
    webSocketUrl: services.webSocketUrl(),
    faults,
    provider: await serving,
    config,
    update,
    close: closeAll,
  };
}

/** Loads what reads tenants, half a second of processor time, for those alone who deploy by the engine. */
async function underEngine(engine: Parameters<typeof createEngine>[0]): Promise<Program> {
  const { engineProgram } = await import('./provider/engine-program.ts');
  return engineProgram({ engine: createEngine(engine), root: engine.root, model: loadModel(engine.root) });
}

/** Runs one after another: two runs at once would each see half of the other. */
function createUpdate(
  program: Program,
  config: Readonly<Record<string, string>>,
  dynamodb: DynamoDBClient,
  users: TestUsers,
): () => Promise<Update> {
  const update = async (): Promise<Update> => {
    const began = performance.now();
    const { changes, problems, tenants } = await program.run(config);
    const slugs = tenants.map(({ slug }) => slug);
    const follow = async (): Promise<void> => users.follow(tenants, await registryRows(dynamodb));
    // Neither needs the other, and both wait for other processes most of the time.
    const [rejected] =
      problems.length > 0 ? [[]] : await Promise.all([waitForReleases(dynamodb, slugs), follow()]);
    return { changes, problems: [...problems, ...rejected], milliseconds: performance.now() - began };
  };
  let last: Promise<unknown> = Promise.resolve();
  return () => {
    const next = last.then(update).finally(() => program.prepare());
    last = next.catch(() => undefined);
    return next;
  };
}

const UNLIMITED = '{"rate":100000,"burst":100000}';

interface Secrets {
  readonly gateway: string;
  /** Passwords of the two login roles. */
  readonly backend: string;
  readonly hook: string;
}

const randomSecret = (): string => randomBytes(24).toString('base64url');

const DATABASE_SECRET = 'cedarwright-local-database';

const databaseConfig = (secretArn: string): string =>
  JSON.stringify({ secretArn, subnetIds: ['subnet-local'], securityGroupIds: ['sg-local'] });

/** What a backend finds in its environment on AWS too, and where the embedded cloud stands in for AWS. */
function backendEnvironment(
  endpointUrl: string,
  database: ProjectDatabase | undefined,
  secrets: Secrets,
): Record<string, string> {
  return {
    ...(database && { DATABASE_URL: database.url }),
    GATEWAY_SECRET: secrets.gateway,
    REGISTRY_TABLE: tableName('registry'),
    SYNC_STATE_TABLE: tableName('sync-state'),
    // An edit should be seen at once; a busy service looks every two seconds.
    SNAPSHOT_REFRESH_MS: '100',
    REGISTRY_STALENESS_SECONDS: '1',
    AWS_REGION: REGION,
    AWS_ENDPOINT_URL: endpointUrl,
    AWS_ACCESS_KEY_ID: BACKEND_ROLE,
    AWS_SECRET_ACCESS_KEY: 'local',
    COGNITO_JWKS_ORIGIN: endpointUrl,
    ...QUIET_AWS_CLIENTS,
  };
}

/** What the kit needs in order to answer WebSocket APIs. */
const socketEnvironment = (endpointUrl: string, operation: string | undefined): Record<string, string> =>
  operation === undefined ? {} : { WEBSOCKET_OPERATION: operation, WEBSOCKET_CONNECTIONS_URL: endpointUrl };

/** The program refuses what is no list of origins, and the cloud with it. */
const corsEnvironment = (corsOrigins: string | undefined): Record<string, string> =>
  corsOrigins === undefined ? {} : { CORS_ORIGINS: corsOrigins.replaceAll(/["[\],\s]+/g, ' ').trim() };

/** The clients of an operator, who makes the test users. */
function openClients(endpointUrl: string, database: ProjectDatabase | undefined) {
  const dynamodb = new DynamoDBClient(clientSettings(endpointUrl));
  const cognito = new CognitoIdentityProviderClient(clientSettings(endpointUrl));
  return {
    dynamodb,
    cognito,
    writers: {
      saasTenant: subjectsTable(dynamodb, false),
      workforceApp: subjectsTable(dynamodb, true),
      ...(database && { customerApp: subjectsInPostgres(database.operator) }),
    },
    close() {
      dynamodb.destroy();
      cognito.destroy();
    },
  };
}
