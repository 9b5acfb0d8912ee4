import { createHash } from 'node:crypto';
import * as pulumi from '@pulumi/pulumi';
import {
  Api,
  Authorizer,
  Deployment,
  Integration,
  Route,
  RouteResponse,
  Stage,
} from '@pulumi/aws/apigatewayv2/index.js';
import { Permission } from '@pulumi/aws/lambda/index.js';
import { SOCKET_PATHS } from '../authz/backend/sockets/paths.ts';
import { physicalName } from './names.ts';
import type { GatewayArgs } from './rest-gateway.ts';

/**
 * A WebSocket API: the authorizer decides who may open a socket, the backend decides about each message. What belongs
 * to a socket goes to fixed paths of the backend, where the kit answers.
 */
export class WebSocketGateway extends pulumi.ComponentResource {
  readonly url: pulumi.Output<string>;
  readonly apiId: pulumi.Output<string>;
  readonly stageName: pulumi.Output<string>;
  /** Where a backend sends to sockets and closes them: `WEBSOCKET_CONNECTIONS_URL` of its environment. */
  readonly connectionsUrl: pulumi.Output<string>;

  constructor(name: string, args: GatewayArgs, opts?: pulumi.ComponentResourceOptions) {
    super('cedarwright:infra:WebSocketGateway', name, {}, opts);
    const { function: handler } = args.authorizer.handler;
    const api = new Api(
      name,
      {
        name: physicalName('websocket-api'),
        protocolType: 'WEBSOCKET',
        // Messages have one route. An expression is asked for all the same.
        routeSelectionExpression: '$request.body.request',
      },
      { parent: this },
    );
    // Without identity sources: a client may bring its token in either of two headers. None at all is refused by the
    // function. Decisions are never cached here (API Gateway Developer Guide, WebSocket authorizers).
    const authorizer = new Authorizer(
      `${name}-authorizer`,
      {
        apiId: api.id,
        name: physicalName('websocket'),
        authorizerType: 'REQUEST',
        authorizerUri: handler.invokeArn,
      },
      { parent: this },
    );
    const permission = new Permission(
      `${name}-authorizes`,
      {
        action: 'lambda:InvokeFunction',
        function: handler.name,
        principal: 'apigateway.amazonaws.com',
        sourceArn: pulumi.interpolate`${api.executionArn}/authorizers/*`,
      },
      { parent: this },
    );
    const routes = this.makeRoutes(name, args, api, authorizer);
    const deployment = new Deployment(
      `${name}-deployment`,
      { apiId: api.id, triggers: { routes: routes.described.apply(sha256) } },
      { parent: this, dependsOn: [permission, ...routes.resources] },
    );
    const { stageName, routeThrottle } = args.settings;
    const stage = new Stage(
      `${name}-stage`,
      {
        apiId: api.id,
        name: stageName,
        deploymentId: deployment.id,
        defaultRouteSettings: {
          throttlingRateLimit: routeThrottle.rate,
          throttlingBurstLimit: routeThrottle.burst,
        },
      },
      { parent: this },
    );
    this.url = stage.invokeUrl;
    this.apiId = api.id;
    this.stageName = stage.name;
    this.connectionsUrl = stage.invokeUrl.apply((url) => url.replace(/^ws/, 'http'));
    this.registerOutputs();
  }

  private makeRoutes(
    name: string,
    { settings, gatewaySecret }: GatewayArgs,
    api: Api,
    authorizer: Authorizer,
  ): { readonly resources: pulumi.Resource[]; readonly described: pulumi.Output<string> } {
    const secret = pulumi.output(gatewaySecret).apply((value) => `'${value}'`);
    const integrate = (what: keyof typeof SOCKET_PATHS, headers: Readonly<Record<string, string>>) =>
      new Integration(
        `${name}-${what}`,
        {
          apiId: api.id,
          integrationType: 'HTTP_PROXY',
          integrationMethod: 'POST',
          integrationUri: `${settings.backendUrl}${SOCKET_PATHS[what]}`,
          requestParameters: secret.apply((value) => ({
            ...headers,
            ...CONNECTION_HEADERS,
            'integration.request.header.x-gateway-secret': value,
          })),
        },
        { parent: this },
      );
    const [connect, message, disconnect] = [
      integrate('connect', CONNECT_HEADERS),
      integrate('message', MESSAGE_HEADERS),
      integrate('disconnect', {}),
    ];
    const target = ({ id }: Integration): pulumi.Output<string> => pulumi.interpolate`integrations/${id}`;
    const onConnect = new Route(
      `${name}-on-connect`,
      {
        apiId: api.id,
        routeKey: '$connect',
        authorizationType: 'CUSTOM',
        authorizerId: authorizer.id,
        target: target(connect),
      },
      { parent: this },
    );
    const onMessage = new Route(
      `${name}-on-message`,
      {
        apiId: api.id,
        routeKey: '$default',
        target: target(message),
        // What the backend answers goes back through the socket.
        routeResponseSelectionExpression: '$default',
      },
      { parent: this },
    );
    const reply = new RouteResponse(
      `${name}-reply`,
      { apiId: api.id, routeId: onMessage.id, routeResponseKey: '$default' },
      { parent: this },
    );
    const onDisconnect = new Route(
      `${name}-on-disconnect`,
      { apiId: api.id, routeKey: '$disconnect', target: target(disconnect) },
      { parent: this },
    );
    const described = pulumi
      .all([settings.backendUrl, secret, authorizer.id])
      .apply((parts) =>
        JSON.stringify([parts, SOCKET_PATHS, CONNECT_HEADERS, MESSAGE_HEADERS, CONNECTION_HEADERS]),
      );
    return { resources: [onConnect, onMessage, reply, onDisconnect], described };
  }
}

/** Of every call: which socket it is about, and what only the gateway knows of it. */
const CONNECTION_HEADERS = {
  'integration.request.header.x-connection-id': 'context.connectionId',
  'integration.request.header.x-source-ip': 'context.identity.sourceIp',
  'integration.request.header.x-decision-id': 'context.authorizer.decisionId',
};

/** Of a socket that is being opened: its token, for the backend to verify. Headers go on only where they are mapped. */
const CONNECT_HEADERS = {
  'integration.request.header.Authorization': 'route.request.header.Authorization',
  'integration.request.header.x-websocket-protocol': 'route.request.header.Sec-WebSocket-Protocol',
};

/** A message has no headers of its own, and web frameworks read a body by what its type is said to be. */
const MESSAGE_HEADERS = { 'integration.request.header.Content-Type': "'application/json'" };

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
