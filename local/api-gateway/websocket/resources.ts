import { randomBytes } from 'node:crypto';
import { optionalText, text, type Json } from '../../aws/input.ts';
import { AwsError } from '../../aws/service.ts';
import { recorded } from '../../program/present.ts';
import type { Created, ResourceHandler, ResourceHandlers } from '../../program/resource.ts';
import { bad } from '../document.ts';
import {
  readRouteKey,
  readSocketAuthorizer,
  readSocketIntegration,
  type SocketAuthorizer,
  type SocketIntegration,
  type SocketRoute,
} from './route.ts';

interface Route {
  readonly apiId: string;
  readonly key: string;
  readonly authorizerId: string | undefined;
  /** `integrations/<id>` */
  readonly target: string;
  readonly asksForReply: boolean;
}

/** The parts of which a WebSocket API is made, each a resource of its own. */
export function socketParts(): {
  readonly handlers: ResourceHandlers;
  /**
   * The routes of an API as they are now, by route key.
   * @throws AwsError when one names something that is not there
   */
  readonly routesOf: (apiId: string) => ReadonlyMap<string, SocketRoute>;
} {
  const authorizers = new Map<string, SocketAuthorizer>();
  const integrations = new Map<string, SocketIntegration>();
  const routes = new Map<string, Route>();
  const replies = new Map<string, string>();

  const routeOf = (id: string, { key, authorizerId, target, asksForReply }: Route): SocketRoute => {
    const integration = integrations.get(target.replace(/^integrations\//, ''));
    if (!integration) throw notFound(`Integration of the route ${key}`);
    const authorizer = authorizerId === undefined ? undefined : authorizers.get(authorizerId);
    if (authorizerId !== undefined && !authorizer) throw notFound(`Authorizer of the route ${key}`);
    return { integration, authorizer, replies: asksForReply && [...replies.values()].includes(id) };
  };

  return {
    routesOf(apiId) {
      const own = [...routes].filter(([, route]) => route.apiId === apiId);
      return new Map(own.map(([id, route]) => [route.key, routeOf(id, route)]));
    },
    handlers: {
      'aws:apigatewayv2/authorizer:Authorizer': part(
        authorizers,
        ['apiId', 'name', 'authorizerType', 'authorizerUri'],
        readSocketAuthorizer,
      ),
      'aws:apigatewayv2/integration:Integration': part(
        integrations,
        ['apiId', 'integrationType', 'integrationMethod', 'integrationUri', 'requestParameters'],
        readSocketIntegration,
      ),
      'aws:apigatewayv2/route:Route': part(
        routes,
        [
          'apiId',
          'routeKey',
          'authorizationType',
          'authorizerId',
          'target',
          'routeResponseSelectionExpression',
        ],
        readRoute,
      ),
      'aws:apigatewayv2/routeResponse:RouteResponse': part(
        replies,
        ['apiId', 'routeId', 'routeResponseKey'],
        (inputs) => {
          if (text(inputs, 'routeResponseKey') !== '$default')
            throw bad('only the route response $default is supported');
          return text(inputs, 'routeId');
        },
      ),
    },
  };
}

function readRoute(inputs: Json): Route {
  const reply = optionalText(inputs, 'routeResponseSelectionExpression');
  if (reply !== undefined && reply !== '$default') throw bad('only the route response $default is supported');
  const key = readRouteKey(inputs);
  const authorizerId = optionalText(inputs, 'authorizerId');
  if ((authorizerId !== undefined) !== (inputs['authorizationType'] === 'CUSTOM'))
    throw bad(`the route ${key} has an authorizer and no CUSTOM authorization, or the other way round`);
  return {
    apiId: text(inputs, 'apiId'),
    key,
    authorizerId,
    target: text(inputs, 'target'),
    asksForReply: reply !== undefined,
  };
}

/** A resource that is no more than what its inputs say. */
const part = <T>(
  parts: Map<string, T>,
  inputs: readonly string[],
  read: (inputs: Json) => T,
): ResourceHandler => ({
  inputs,
  replaceOn: ['apiId'],
  async create(given): Promise<Created> {
    const value = read(given);
    const id = randomBytes(4).toString('hex');
    parts.set(id, value);
    return { id, state: { ...given } };
  },
  async update(id, given) {
    parts.set(id, read(given));
    return { ...given };
  },
  read: async (id, given, state) => recorded(parts.has(id), given, state),
  async delete(id) {
    parts.delete(id);
  },
});

const notFound = (what: string): AwsError => new AwsError('NotFoundException', `${what} is not found`);
