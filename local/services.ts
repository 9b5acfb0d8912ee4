import { type Front, restApiResources } from './api-gateway/resources.ts';
import type { InvokeFunction } from './api-gateway/authorizer.ts';
import { flushRoute } from './api-gateway/flush.ts';
import { createHttpGateway } from './api-gateway/http/server.ts';
import { createGateway, type Deployed } from './api-gateway/server.ts';
import { createUsagePlans, type UsagePlans } from './api-gateway/usage-plans.ts';
import { v2Resources } from './api-gateway/v2-resources.ts';
import { type Connections, connectionsRoute } from './api-gateway/websocket/connections.ts';
import { createWebSocketGateway } from './api-gateway/websocket/server.ts';
import { jsonList, text, type Json } from './aws/input.ts';
import type { AwsJsonService, Caller } from './aws/service.ts';
import { cognitoResources } from './cognito/resources.ts';
import { createCognito } from './cognito/server.ts';
import { dynamoDbResources } from './dynamodb/resources.ts';
import { createDynamoDb } from './dynamodb/server.ts';
import type { HttpRoute } from './endpoint.ts';
import { createIam } from './iam/authorize.ts';
import { iamResources } from './iam/resources.ts';
import { createLambda } from './lambda/server.ts';
import { createLogGroups } from './logs/log-groups.ts';
import { logResources } from './logs/resources.ts';
import { createLogs } from './logs/server.ts';
import { close, listen, LOOPBACK } from './loopback.ts';
import type { Invokes, ResourceHandlers } from './program/resource.ts';
import { createSecretsManager } from './secrets-manager/server.ts';
import { createIssuers, type Issuers } from './oidc/issuers.ts';
import { ACCOUNT, BACKEND_ROLE, REGION, tableName } from './settings.ts';
import { createTagging } from './tagging/tagging.ts';
import { sqsResources } from './sqs/resources.ts';
import { createSqs } from './sqs/server.ts';
import { verifiedPermissionsResources } from './verified-permissions/resources.ts';
import { createVerifiedPermissions } from './verified-permissions/server.ts';

export interface Services {
  /** What AWS clients call. */
  readonly services: readonly AwsJsonService[];
  readonly routes: readonly HttpRoute[];
  /** What the program declares. */
  readonly handlers: ResourceHandlers;
  /** The same, for a provider that assumes a role to write items. */
  handlersAs(role: string): ResourceHandlers;
  readonly invokes: Invokes;
  /** Calls an authorizer on behalf of the gateway. */
  readonly invoke: InvokeFunction;
  deployed(): Deployed | undefined;
  readonly usagePlans: UsagePlans;
  /** Who stands in for identity providers. */
  readonly issuers: Issuers;
  /** Where the HTTP API is served, where the program declares one. */
  httpUrl(): string | undefined;
  webSocketUrl(): string | undefined;
  /** Makes a secret that the program finds by its ARN, as an operator would have made it. */
  putSecret(name: string, value: object): string;
  close(): Promise<void>;
}

/** Types whose handlers know nothing of tags. */
const TAKE_TAGS = [
  'aws:apigateway/restApi:RestApi',
  'aws:apigatewayv2/api:Api',
  'aws:apigateway/usagePlan:UsagePlan',
];
/** Whoever runs the program. */
const DEPLOYER: Caller = { accessKeyId: 'deployer' };
/** The role that the program's provider assumes to write items. */
const SECURITY: Caller = { accessKeyId: 'cedarwright-local-security' };

/** All services of the embedded cloud, wired to each other as they are on AWS. */
export function createServices({
  gatewayUrl,
  endpointUrl,
  password,
}: {
  readonly gatewayUrl: string;
  readonly endpointUrl: string;
  /** Of all test users. */
  readonly password: string;
}): Services {
  const place = { region: REGION, account: ACCOUNT };
  const endpoint = (): string => endpointUrl;
  const iam = createIam({
    account: ACCOUNT,
    securityRoleArn: `arn:aws:iam::${ACCOUNT}:role/${SECURITY.accessKeyId}`,
  });
  addBackendRole(iam.roles);
  const logs = createLogGroups();
  const dynamodb = createDynamoDb({ iam, ...place });
  const sqs = createSqs({ iam, ...place, endpoint });
  const secrets = createSecretsManager({ iam, ...place });
  const verifiedPermissions = createVerifiedPermissions({
    iam,
    account: ACCOUNT,
    keySetUrl: (userPoolId) => `${endpointUrl}/${userPoolId}/.well-known/jwks.json`,
  });
  const lambda = createLambda({ cloud: { ...place, endpoint }, iam, logs, dynamodb, sqs });
  const cognito = createCognito({
    iam,
    ...place,
    invoke: (functionArn, event, poolArn) =>
      lambda.invoke(functionArn, event, {
        source: { service: 'cognito-idp.amazonaws.com', arn: poolArn, account: ACCOUNT },
      }),
    places: { pages: (domain) => `${endpointUrl}/${domain}`, issuer: (issuer) => issuers.urlOf(issuer) },
  });
  const issuers = createIssuers({
    password,
    federation: (issuer, clientId) => cognito.federation(issuer, clientId),
  });
  const invoke: InvokeFunction = (functionArn, event, arn) =>
    lambda.invoke(functionArn, event, {
      source: { service: 'apigateway.amazonaws.com', arn, account: ACCOUNT },
    });
  const usagePlans = createUsagePlans(Date.now);
  const openFront = async (deployed: () => Deployed | undefined): Promise<Front> => {
    const gateway = createGateway({ invoke, deployed, usagePlans });
    return { url: `http://${LOOPBACK}:${await listen(gateway, 0)}`, close: () => close(gateway) };
  };
  const restApi = restApiResources({ ...place, url: gatewayUrl, openFront });
  const connections: Connections = new Map();
  const manage = connectionsRoute(connections, iam, Date.now);
  const v2 = v2Resources({
    ...place,
    async openHttpFront(deployed) {
      const gateway = createHttpGateway({ invoke, deployed });
      return { url: `http://${LOOPBACK}:${await listen(gateway, 0)}`, close: () => close(gateway) };
    },
    async openWebSocketFront(deployed) {
      const gateway = createWebSocketGateway({ invoke, deployed, connections, manage });
      const overdue = setInterval(() => gateway.closeOverdue(), 1_000).unref();
      return {
        url: `ws://${LOOPBACK}:${await listen(gateway.server, 0)}`,
        async close() {
          clearInterval(overdue);
          gateway.endAll();
          await close(gateway.server);
        },
      };
    },
  });
  const itemsAs = (writer: Caller) => dynamoDbResources({ dynamodb, deployer: DEPLOYER, writer });
  const tagging = createTagging();
  const own = {
    ...iamResources(iam.roles),
    ...logResources({ logs, ...place }),
    ...itemsAs(SECURITY),
    ...sqsResources(sqs),
    ...lambda.resources,
    ...verifiedPermissionsResources({ verifiedPermissions, deployer: DEPLOYER }),
    ...cognitoResources({ cognito: cognito.service, deployer: DEPLOYER }),
    ...restApi.handlers,
    ...v2.handlers,
    ...usagePlans.handlers,
  };
  const handlers = tagging.remember(own, TAKE_TAGS);

  return {
    services: [
      verifiedPermissions,
      cognito.service,
      ...dynamodb.services,
      sqs.service,
      secrets.service,
      createLogs(logs),
    ],
    routes: [
      ...cognito.routes,
      issuers.route,
      lambda.route,
      manage,
      flushRoute({ iam, region: REGION, rest: restApi.flush, http: v2.flush }),
    ],
    handlers,
    handlersAs: (role) => ({ ...handlers, ...itemsAs({ accessKeyId: role }) }),
    invokes: {
      'aws:resourcegroupstaggingapi/getResources:getResources': (args) => tagging.getResources(args),
      'aws:cognito/getUserPoolClients:getUserPoolClients': (args) => listClients(cognito.service, args),
      'aws:index/getRegion:getRegion': () => ({ id: REGION, name: REGION, region: REGION }),
      'aws:index/getCallerIdentity:getCallerIdentity': () => ({
        id: ACCOUNT,
        accountId: ACCOUNT,
        arn: `arn:aws:iam::${ACCOUNT}:role/deployer`,
        userId: 'deployer',
      }),
    },
    invoke,
    deployed: () => restApi.deployed(),
    usagePlans,
    issuers,
    httpUrl: () => v2.url('HTTP'),
    webSocketUrl: () => v2.url('WEBSOCKET'),
    putSecret: (name, value) => secrets.put(name, JSON.stringify(value)),
    async close() {
      await issuers.close();
      await restApi.close();
      await v2.close();
      await lambda.close();
    },
  };
}

/** The backend is no part of the stack, and neither is its role: it reads what a backend needs, and closes sockets. */
function addBackendRole(roles: ReturnType<typeof createIam>['roles']): void {
  roles.create(BACKEND_ROLE, JSON.stringify({ Version: '2012-10-17', Statement: [] }));
  const tables = ['registry', 'sync-state'].map(
    (what) => `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${tableName(what)}`,
  );
  const statements = [
    { Effect: 'Allow', Action: ['dynamodb:GetItem'], Resource: tables },
    {
      Effect: 'Allow',
      Action: ['execute-api:ManageConnections'],
      Resource: `arn:aws:execute-api:${REGION}:${ACCOUNT}:*/*/*/@connections/*`,
    },
  ];
  roles.putPolicy(BACKEND_ROLE, 'read', JSON.stringify({ Version: '2012-10-17', Statement: statements }));
}

/** Answers `aws:cognito/getUserPoolClients:getUserPoolClients`. */
async function listClients(cognito: AwsJsonService, args: Json): Promise<Json> {
  const UserPoolId = text(args, 'userPoolId');
  const listed = await cognito.call('ListUserPoolClients', { UserPoolId, MaxResults: 60 }, DEPLOYER);
  const clients = jsonList({ ...listed }, 'UserPoolClients');
  return {
    ...args,
    id: UserPoolId,
    clientIds: clients.map((client) => text(client, 'ClientId')),
    clientNames: clients.map((client) => text(client, 'ClientName')),
  };
}
