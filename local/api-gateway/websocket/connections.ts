import type { WebSocket } from 'ws';
import { AwsError } from '../../aws/service.ts';
import type { HttpAnswer, HttpRoute } from '../../endpoint.ts';
import type { Iam } from '../../iam/authorize.ts';
import type { Stage } from '../event.ts';

/** A socket that is open. */
export interface Connection {
  readonly id: string;
  readonly stage: Stage;
  readonly socket: WebSocket;
  readonly sourceIp: string;
  readonly connectedAt: Date;
  /** Of the last message, either way: epoch milliseconds. */
  lastActiveAt: number;
  readonly authorizer: Readonly<Record<string, string>>;
}

export type Connections = Map<string, Connection>;

/**
 * `@connections`, by which a backend sends to a socket, asks about it or closes it (API Gateway Developer Guide, "Use
 * @connections commands in your backend service"). The real one stands behind the stage's name.
 */
export function connectionsRoute(connections: Connections, iam: Iam, now: () => number): HttpRoute {
  return ({ method, path, body, caller }) => {
    const [, encoded] = /^(?:\/[^/@]+)?\/@connections\/([^/]+)$/.exec(path) ?? [];
    if (encoded === undefined || !['GET', 'POST', 'DELETE'].includes(method)) return undefined;
    const connection = connections.get(decodeURIComponent(encoded));
    if (!connection) throw new AwsError('GoneException', 'Gone', {}, 410);
    const resource = `${connection.stage.arn}/${method}/@connections/${connection.id}`;
    iam.authorize({ caller, action: 'execute-api:ManageConnections', resource });
    if (method === 'GET') return about(connection);
    if (method === 'POST') {
      connection.lastActiveAt = now();
      connection.socket.send(body.toString());
    } else connection.socket.close();
    return { status: method === 'POST' ? 200 : 204, headers: {}, body: '' };
  };
}

const about = ({ connectedAt, lastActiveAt, sourceIp }: Connection): HttpAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    connectedAt: connectedAt.toISOString(),
    lastActiveAt: new Date(lastActiveAt).toISOString(),
    identity: { sourceIp },
  }),
});
