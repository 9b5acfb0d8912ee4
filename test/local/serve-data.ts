import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createDynamoDb, type DynamoDb } from '../../local/dynamodb/server.ts';
import { dynamoDbResources } from '../../local/dynamodb/resources.ts';
import { createEndpoint } from '../../local/endpoint.ts';
import { Faults } from '../../local/faults.ts';
import { createIam, type Iam } from '../../local/iam/authorize.ts';
import { iamResources } from '../../local/iam/resources.ts';
import { createLambda, type Lambda } from '../../local/lambda/server.ts';
import { createLogGroups, type LogGroups } from '../../local/logs/log-groups.ts';
import { logResources } from '../../local/logs/resources.ts';
import { close, listen } from '../../local/loopback.ts';
import type { Created, Properties, ResourceHandler } from '../../local/program/resource.ts';
import { createSecretsManager } from '../../local/secrets-manager/server.ts';
import { sqsResources } from '../../local/sqs/resources.ts';
import { createSqs, type Sqs } from '../../local/sqs/server.ts';

export const REGION = 'us-east-1';
export const ACCOUNT = '000000000000';
export const SECURITY_ROLE = `arn:aws:iam::${ACCOUNT}:role/security`;

/** Trust policy of a role that functions may run as. */
export const LAMBDA_MAY_ASSUME = JSON.stringify({
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
});

export interface DataCloud {
  readonly endpoint: string;
  readonly iam: Iam;
  readonly dynamodb: DynamoDb;
  readonly sqs: Sqs;
  readonly lambda: Lambda;
  readonly logs: LogGroups;
  /** Settings for an AWS SDK client that calls with this access key id. */
  client(accessKeyId: string): object;
  handler(type: string): ResourceHandler;
  /** Makes a resource as the Pulumi program would. */
  deploy(type: string, name: string, inputs: Properties): Promise<Created>;
  /** A role for functions that may do all of these on everything. */
  role(name: string, actions: readonly string[]): Promise<string>;
  /** Writes a bundle of one module. @returns what the program gives as a function's `code` */
  code(module: string): Promise<Properties>;
  /** Deploys a function from the text of its module. @returns its ARN */
  fn(name: string, module: string, options?: Properties): Promise<string>;
  close(): Promise<void>;
}

/** The data services behind one real endpoint, as AWS clients see them. */
export async function serveData(): Promise<DataCloud> {
  const iam = createIam({ account: ACCOUNT, securityRoleArn: SECURITY_ROLE });
  const logs = createLogGroups();
  let endpoint = '';
  const cloud = { region: REGION, account: ACCOUNT, endpoint: () => endpoint };
  const dynamodb = createDynamoDb({ iam, region: REGION, account: ACCOUNT });
  const sqs = createSqs({ iam, ...cloud });
  const lambda = createLambda({ cloud, iam, logs, dynamodb, sqs });
  const server = createEndpoint({
    services: [
      ...dynamodb.services,
      sqs.service,
      createSecretsManager({ iam, region: REGION, account: ACCOUNT }).service,
    ],
    routes: [lambda.route],
    faults: new Faults(),
  });
  endpoint = `http://127.0.0.1:${await listen(server, 0)}`;
  const handlers = {
    ...iamResources(iam.roles),
    ...dynamoDbResources({
      dynamodb,
      deployer: { accessKeyId: 'deployer' },
      writer: { accessKeyId: 'security' },
    }),
    ...sqsResources(sqs),
    ...logResources({ logs, region: REGION, account: ACCOUNT }),
    ...lambda.resources,
  };
  const folders: string[] = [];

  const handler = (type: string): ResourceHandler => {
    const found = handlers[type];
    if (!found) throw new Error(`no handler for ${type}`);
    return found;
  };
  const deploy: DataCloud['deploy'] = (type, name, inputs) => handler(type).create(inputs, name);
  const role: DataCloud['role'] = async (name, actions) => {
    const { state } = await deploy('aws:iam/role:Role', name, { assumeRolePolicy: LAMBDA_MAY_ASSUME });
    await deploy('aws:iam/rolePolicy:RolePolicy', `${name}-rights`, {
      role: name,
      policy: JSON.stringify({ Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] }),
    });
    return String(state['arn']);
  };

  const code: DataCloud['code'] = async (module) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'cedarwright-test-'));
    folders.push(folder);
    await writeFile(path.join(folder, 'index.mjs'), module);
    return { fileArchive: folder };
  };

  return {
    endpoint,
    iam,
    dynamodb,
    sqs,
    lambda,
    logs,
    handler,
    deploy,
    role,
    client: (accessKeyId) => ({
      region: REGION,
      endpoint,
      credentials: { accessKeyId, secretAccessKey: 'local' },
    }),
    code,
    async fn(name, module, options = {}) {
      if (!iam.roles.get('runner')) await role('runner', ['dynamodb:*', 'sqs:*']);
      const { state } = await deploy('aws:lambda/function:Function', name, {
        role: `arn:aws:iam::${ACCOUNT}:role/runner`,
        runtime: 'nodejs22.x',
        handler: 'index.handler',
        code: await code(module),
        ...options,
      });
      return String(state['arn']);
    },
    async close() {
      await lambda.close();
      await close(server);
      await Promise.all(folders.map((folder) => rm(folder, { recursive: true })));
    },
  };
}

/** Waits for a condition instead of a time. Gives up after 5 seconds, naming what it waited for. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 5000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
