import type { Pool } from 'pg';
import { DatabaseUnavailable } from '../database-unavailable.ts';
import { sealWith } from './sealed.ts';
import type { SocketSession, SocketSessions } from './sessions.ts';

/** After which API Gateway has closed every socket (quotas of WebSocket APIs): 2 hours. */
const LONGEST = '2 hours';

/**
 * The open sockets of a service with any number of processes, in a table `authz.sockets` of `connection_id text primary
 * key`, `sealed bytea not null` and `opened_at timestamptz not null default now()`, in which the service's role may
 * select, insert, update and delete. Tokens are sealed: who reads the table, or a backup of it, has none.
 * Every process looks at all sockets once a `sweepMs`.
 * @param pool the service's `database`; the kit looks after its idle connections
 * @param secret any that all processes know and nobody else, such as the gateway's. With another one, sockets that are
 * open are unknown, and are closed at their next message.
 */
export function sessionsInPostgres(pool: Pool, secret: string): SocketSessions {
  const { seal, open } = sealWith(secret, 'sockets');
  const query = async (text: string, values: readonly unknown[]): Promise<readonly Row[]> => {
    try {
      return (await pool.query<Row>(text, [...values])).rows;
    } catch (error) {
      throw new DatabaseUnavailable(error);
    }
  };
  const opened = ({ connection_id: connectionId, sealed }: Row): SocketSession[] => {
    const token = open(connectionId, sealed);
    return token === undefined ? [] : [{ connectionId, token }];
  };
  return {
    shared: true,
    async open({ connectionId, token }) {
      await query(
        `insert into authz.sockets (connection_id, sealed) values ($1, $2)
         on conflict (connection_id) do update set sealed = excluded.sealed, opened_at = now()`,
        [connectionId, seal(connectionId, token)],
      );
    },
    async find(connectionId) {
      const rows = await query('select connection_id, sealed from authz.sockets where connection_id = $1', [
        connectionId,
      ]);
      return rows.flatMap(opened)[0];
    },
    async end(connectionId) {
      await query('delete from authz.sockets where connection_id = $1', [connectionId]);
    },
    async all() {
      // Whose end nobody was told of: gateways tell it once, and as well as they can.
      await query('delete from authz.sockets where opened_at < now() - $1::interval', [LONGEST]);
      return (await query('select connection_id, sealed from authz.sockets', [])).flatMap(opened);
    },
  };
}

interface Row {
  readonly connection_id: string;
  readonly sealed: Buffer;
}
