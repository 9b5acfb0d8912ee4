import type { Pool } from 'pg';
import type { Model } from '../../cedar/model.ts';
import type { Decider } from '../decide/decider.ts';
import type { Decision } from '../decision.ts';
import type { Identify } from '../identity/identify.ts';
import type { ContextSource } from './context-facts.ts';
import type { Handler, PublicHandler } from './handler.ts';
import type { RateLimit } from './rate-limit.ts';
import type { ResourceLoader } from './resources.ts';
import type { SocketOptions } from './sockets/sockets.ts';

/** What a service tells of itself, whoever routes its requests. */
export interface GuardOptions {
  readonly model: Model;
  readonly identify: Identify;
  /** Of the full set of policies: the backend knows every fact. */
  readonly decider: Decider;
  /**
   * With the functions `authz.enter_tenant(text)` and `authz.enter_tenants(text[])`, which set what row level security
   * goes by. A service that keeps its data elsewhere has none: its handlers and loaders then go by the tenant they are
   * given.
   * Give the pool a `connectionTimeoutMillis`: without one, requests wait for a connection for as long as there is none.
   */
  readonly database?: Pool;
  readonly gatewaySecret: string;
  /** By entity type. */
  readonly resources: Readonly<Record<string, ResourceLoader>>;
  /** For operations whose resource only the service can find: its id, from the request's body. */
  readonly locate: Readonly<Record<string, (body: unknown) => string | undefined>>;
  /** Facts that only the service has, by the operation's key in `op` or the domain action's name. */
  readonly context?: Readonly<Record<string, ContextSource>>;
  /** The key of the operation by which a user interface asks what its user may do: the kit answers it itself. */
  readonly permissionsOperation?: string;
  readonly record: (decision: Decision) => void;
  readonly now: () => number;
}

/** Of a service whose requests the kit routes itself. */
export interface BackendOptions extends GuardOptions {
  /** By the operation's key in `op`. */
  readonly handlers: Readonly<Record<string, Handler>>;
  /** By `METHOD /path`, the path as the API document writes it. */
  readonly publicHandlers: Readonly<Record<string, PublicHandler>>;
  /**
   * Origins whose pages may read the answers. A REST API hands a service's answers on as they are, so that the service
   * must say this itself; preflights are the gateway's.
   */
  readonly corsOrigins?: readonly string[];
  /** Where a WebSocket API stands in front of the service. */
  readonly sockets?: SocketOptions;
}

/** The options of one running service, with what it remembers between requests. */
export interface Kit extends GuardOptions {
  /** Batches of a user interface's questions, by principal. */
  readonly batches: RateLimit;
}
