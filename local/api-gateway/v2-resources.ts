import { randomBytes } from 'node:crypto';
import { optionalJson, text, type Json } from '../aws/input.ts';
import { AwsError } from '../aws/service.ts';
import { recorded } from '../program/present.ts';
import type { ResourceHandlers } from '../program/resource.ts';
import { bad, refuseOthers } from './document.ts';
import type { Stage } from './event.ts';
import { flushIn, type FlushStage } from './flush.ts';
import { readCors } from './http/cors.ts';
import { readHttpApi } from './http/http-api.ts';
import type { DeployedHttp } from './http/server.ts';
import type { Front } from './resources.ts';
import type { Throttle } from './token-bucket.ts';
import { readThrottle } from './usage-plans.ts';
import { socketParts } from './websocket/resources.ts';
import type { DeployedSockets } from './websocket/route.ts';

export interface V2ResourcesArgs {
  readonly region: string;
  readonly account: string;
  /** Each serves one API. */
  readonly openHttpFront: (deployed: () => DeployedHttp | undefined) => Promise<Front>;
  readonly openWebSocketFront: (deployed: () => DeployedSockets | undefined) => Promise<Front>;
}

type Protocol = 'HTTP' | 'WEBSOCKET';

/** What a deployment keeps of its API: later changes of the API change nothing in it. */
type Snapshot =
  | ({ readonly protocol: 'HTTP' } & Pick<DeployedHttp, 'routes' | 'cors'>)
  | ({ readonly protocol: 'WEBSOCKET' } & Pick<DeployedSockets, 'routes'>);

type Serving = Snapshot & {
  readonly id: string;
  readonly stage: Stage;
  readonly throttle: Throttle | undefined;
};

/** The control plane of HTTP and WebSocket APIs. */
export function v2Resources(args: V2ResourcesArgs): {
  readonly handlers: ResourceHandlers;
  /** Where the first API of a protocol is served. */
  url(protocol: Protocol): string | undefined;
  flush: FlushStage;
  close(): Promise<void>;
} {
  const { region, account, openHttpFront, openWebSocketFront } = args;
  const apis = new Map<string, () => Snapshot>();
  const deployments = new Map<string, Snapshot>();
  /** By API: each has one stage. */
  const serving = new Map<string, Serving>();
  const fronts = new Map<string, Front & { readonly protocol: Protocol }>();
  const sockets = socketParts();
  const newId = (): string => randomBytes(5).toString('hex');
  const executionArn = (apiId: string): string => `arn:aws:execute-api:${region}:${account}:${apiId}`;

  const readApi = (id: string, inputs: Json): (() => Snapshot) => {
    const cors = optionalJson(inputs, 'corsConfiguration');
    if (text(inputs, 'protocolType') === 'HTTP') {
      const snapshot: Snapshot = {
        protocol: 'HTTP',
        routes: readHttpApi(text(inputs, 'body')),
        cors: cors && readCors(cors),
      };
      return () => snapshot;
    }
    if (inputs['body'] !== undefined || cors) throw bad('body and CORS are of HTTP APIs');
    // Required, and of no effect while messages have one route.
    text(inputs, 'routeSelectionExpression');
    return () => ({ protocol: 'WEBSOCKET', routes: sockets.routesOf(id) });
  };
  const open = async (apiId: string, protocol: Protocol): Promise<string> => {
    const known = fronts.get(apiId);
    if (known) return known.url;
    const front =
      protocol === 'HTTP'
        ? await openHttpFront(() => served(apiId, 'HTTP'))
        : await openWebSocketFront(() => served(apiId, 'WEBSOCKET'));
    fronts.set(apiId, { ...front, protocol });
    return front.url;
  };
  function served<P extends Protocol>(
    apiId: string,
    protocol: P,
  ): Extract<Serving, { protocol: P }> | undefined {
    const found = serving.get(apiId);
    return found && isOf(found, protocol) ? found : undefined;
  }
  const serve = async (id: string, inputs: Json): Promise<object> => {
    const [apiId, name] = [text(inputs, 'apiId'), text(inputs, 'name')];
    const snapshot = deployments.get(text(inputs, 'deploymentId'));
    if (!snapshot) throw new AwsError('NotFoundException', 'Invalid deployment identifier specified');
    const arn = `${executionArn(apiId)}/${name}`;
    serving.set(apiId, {
      ...snapshot,
      id,
      stage: { apiId, name, arn, account, flushes: serving.get(apiId)?.stage.flushes ?? 0 },
      throttle: throttleOf(inputs),
    });
    return { ...inputs, executionArn: arn, invokeUrl: await open(apiId, snapshot.protocol) };
  };
  const apiState = (id: string, inputs: Json): Json => ({
    ...inputs,
    arn: `arn:aws:apigateway:${region}::/apis/${id}`,
    executionArn: executionArn(id),
  });

  return {
    url: (protocol) => [...fronts.values()].find((front) => front.protocol === protocol)?.url,
    flush: (apiId, name) => flushIn(serving, apiId, name),
    async close() {
      await Promise.all([...fronts.values()].map((front) => front.close()));
    },
    handlers: {
      ...sockets.handlers,
      'aws:apigatewayv2/api:Api': {
        inputs: ['name', 'protocolType', 'body', 'routeSelectionExpression', 'corsConfiguration'],
        replaceOn: ['protocolType'],
        async create(inputs) {
          const id = newId();
          apis.set(id, readApi(id, inputs));
          return { id, state: apiState(id, inputs) };
        },
        async update(id, inputs) {
          apis.set(id, readApi(id, inputs));
          return apiState(id, inputs);
        },
        read: async (id, inputs, state) => recorded(apis.has(id), inputs, state),
        async delete(id) {
          apis.delete(id);
          await fronts.get(id)?.close();
          fronts.delete(id);
        },
      },
      'aws:apigatewayv2/deployment:Deployment': {
        inputs: ['apiId', 'triggers'],
        replaceOn: ['apiId', 'triggers'],
        async create(inputs) {
          const snapshot = apis.get(text(inputs, 'apiId'));
          if (!snapshot) throw new AwsError('NotFoundException', 'Invalid API identifier specified');
          const id = newId();
          deployments.set(id, snapshot());
          return { id, state: { ...inputs } };
        },
        async update() {
          throw new AwsError('BadRequestException', 'a deployment cannot be changed');
        },
        read: async (id, inputs, state) => recorded(deployments.has(id), inputs, state),
        async delete(id) {
          deployments.delete(id);
        },
      },
      'aws:apigatewayv2/stage:Stage': {
        inputs: ['apiId', 'name', 'deploymentId', 'defaultRouteSettings'],
        replaceOn: ['apiId', 'name'],
        async create(inputs) {
          const id = `${text(inputs, 'apiId')}-${text(inputs, 'name')}`;
          return { id, state: { ...(await serve(id, inputs)) } };
        },
        async update(id, inputs) {
          return { ...(await serve(id, inputs)) };
        },
        read: async (id, inputs, state) =>
          recorded(serving.get(text(state, 'apiId'))?.id === id, inputs, state),
        async delete(id, state) {
          const apiId = text(state, 'apiId');
          // A stage that was replaced goes after its successor has begun to serve.
          if (serving.get(apiId)?.id === id) serving.delete(apiId);
        },
      },
    },
  };
}

const isOf = <P extends Protocol>(
  serving: Serving,
  protocol: P,
): serving is Extract<Serving, { protocol: P }> => serving.protocol === protocol;

function throttleOf(inputs: Json): Throttle | undefined {
  const settings = optionalJson(inputs, 'defaultRouteSettings');
  if (!settings) return undefined;
  refuseOthers(settings, ['throttlingRateLimit', 'throttlingBurstLimit']);
  return readThrottle(settings, 'throttlingRateLimit', 'throttlingBurstLimit');
}
