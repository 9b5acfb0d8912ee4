import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect } from 'chai';
import type { Server } from 'node:http';
import { registryKey, type StageRow } from '../../authz/tables/registry.ts';
import { resumeTenant, suspendTenant } from '../../cli/suspension.ts';
import { createDynamoDb } from '../../local/dynamodb/server.ts';
import { createEndpoint } from '../../local/endpoint.ts';
import { Faults } from '../../local/faults.ts';
import { createIam } from '../../local/iam/authorize.ts';
import { close, listen, LOOPBACK } from '../../local/loopback.ts';
import { clientSettings } from '../../local/settings.ts';
import { registryRow } from '../authz/fixture.ts';

const ACCOUNT = '000000000000';
const TABLE = 'cedarwright-prod-registry';
/** Of a person at a terminal, for a stack on AWS. */
const SETTINGS = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'operator',
  AWS_SECRET_ACCESS_KEY: 'x',
};

describe('suspending a tenant of a stack', () => {
  let server: Server;
  let documents: DynamoDBDocumentClient;
  const earlier = { ...process.env };
  /** What API Gateway was asked, and how it answers. */
  const asked: string[] = [];
  let status = 202;
  const noted: string[] = [];
  const note = (text: string): void => void noted.push(text);

  before(async () => {
    const iam = createIam({ account: ACCOUNT, securityRoleArn: `arn:aws:iam::${ACCOUNT}:role/security` });
    iam.roles.create('developer', JSON.stringify({ Version: '2012-10-17', Statement: [] }));
    const dynamodb = createDynamoDb({ iam, region: 'us-east-1', account: ACCOUNT });
    server = createEndpoint({
      services: dynamodb.services,
      routes: [
        ({ method, path, headers }) => {
          expect(headers.authorization).to.match(/^AWS4-HMAC-SHA256 .*\/us-east-1\/apigateway\//);
          asked.push(`${method} ${path}`);
          return { status, headers: {}, body: '' };
        },
      ],
      faults: new Faults(),
    });
    const endpoint = `http://${LOOPBACK}:${await listen(server, 0)}`;
    Object.assign(process.env, SETTINGS, { AWS_ENDPOINT_URL: endpoint });
    documents = DynamoDBDocumentClient.from(new DynamoDBClient(clientSettings(endpoint)));
    await documents.send(
      new CreateTableCommand({
        TableName: TABLE,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
      }),
    );
    for (const row of [registryRow(), stage('rest', 'a1'), stage('websocket', 'w1')])
      await documents.send(new PutCommand({ TableName: TABLE, Item: row }));
  });
  after(async () => {
    for (const name of [...Object.keys(SETTINGS), 'AWS_ENDPOINT_URL']) {
      const was = earlier[name];
      if (was === undefined) delete process.env[name];
      else process.env[name] = was;
    }
    documents.destroy();
    await close(server);
  });
  beforeEach(() => {
    asked.length = 0;
    noted.length = 0;
    status = 202;
    process.env['AWS_ACCESS_KEY_ID'] = 'operator';
  });

  const stage = (protocol: StageRow['protocol'], apiId: string): StageRow => ({
    ...registryKey.stage(apiId, 'live'),
    protocol,
    apiId,
    stageName: 'live',
    gatewayTtlSeconds: 60,
    registryStalenessSeconds: 0,
  });
  const suspended = async (): Promise<unknown> => {
    const Key = registryKey.suspension('acme');
    return (await documents.send(new GetCommand({ TableName: TABLE, Key }))).Item?.['by'];
  };
  const PROD = { stack: 'prod' };
  const refusal = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => '',
      (error: unknown) =>
        error instanceof Error && error.name === 'Expected' ? error.message : String(error),
    );

  it('writes who did it, and makes stages forget before and after everything knows', async () => {
    const result = await suspendTenant('/', 'acme', { ...PROD, by: 'ann' }, note);
    expect(result).to.include({ tenant: 'acme', state: 'suspended', by: 'ann', changed: true, flushed: 1 });
    expect(await suspended()).to.equal('ann');
    const flush = 'DELETE /restapis/a1/stages/live/cache/authorizers';
    expect(asked, 'a WebSocket API remembers nothing').to.deep.equal([flush, flush]);
    expect(noted.join()).to.contain('no token is issued to it');
    const again = await suspendTenant('/', 'acme', { ...PROD, by: 'bea' }, note);
    expect(again).to.include({ by: 'ann', changed: false });
    expect(await resumeTenant('/', 'acme', PROD, note)).to.include({ state: 'active', changed: true });
    expect(await suspended()).to.equal(undefined);
  });

  it('says what still holds when a stage cannot be made to forget, and for how long', async () => {
    status = 403;
    const said = await refusal(suspendTenant('/', 'acme', PROD, note));
    expect(said).to.contain('acme is suspended, but API Gateway answered 403').and.to.contain('for 60 s');
    expect(await suspended(), 'all the same').not.to.equal(undefined);
    status = 404;
    expect(await resumeTenant('/', 'acme', PROD, note), 'of a stage that is gone').to.include({ flushed: 0 });
  });

  it('writes nothing for a tenant that is not deployed', async () => {
    expect(await refusal(suspendTenant('/', 'acne', PROD, note))).to.equal(
      "no tenant 'acne' is deployed — there are: acme",
    );
    expect(asked).to.deep.equal([]);
  });

  for (const [what, where, prepare, message] of [
    [
      'there is no such stack',
      { stack: 'pord' },
      () => undefined,
      'there is no table cedarwright-pord-registry',
    ],
    [
      'somebody else asks',
      PROD,
      () => void (process.env['AWS_ACCESS_KEY_ID'] = 'developer'),
      'only the security role may write cedarwright-prod-registry',
    ],
  ] as const)
    it(`says what to do when ${what}`, async () => {
      prepare();
      expect(await refusal(suspendTenant('/', 'acme', where, note))).to.contain(message);
      process.env['AWS_ACCESS_KEY_ID'] = 'operator';
      expect(await suspended()).to.equal(undefined);
    });
});
