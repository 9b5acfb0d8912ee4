import type { RouteMatch } from '../../cedar/route.ts';
import type { CedarJson } from '../decide/decider.ts';
import type { Decision } from '../decision.ts';
import type { Identity } from '../identity/identify.ts';
import type { Facts } from './facts.ts';
import type { Answer } from './http.ts';
import type { PermissionQuestion } from './questions.ts';
import type { Resource } from './resources.ts';
import type { TenantRows } from './tenant-transaction.ts';
import type { Database } from './transaction.ts';

/** What is learnt of a request on the way, for the record. `decision` stands as soon as it is an allow. */
export type Learnt = { -readonly [Name in keyof Decision]?: Decision[Name] };

/** A request whose caller is known, before anything is decided. */
export interface Call {
  readonly match: RouteMatch;
  readonly identity: Identity;
  readonly body: unknown;
  readonly facts: Facts;
  readonly learnt: Learnt;
  readonly run: Run;
}

/** A request that was allowed. */
export interface AllowedCall extends TenantRows {
  /** Whose rows `database` shows; undefined where a list is of several tenants' rows. */
  readonly tenant: string | undefined;
  /**
   * In a transaction that commits when the handler has answered and rolls back when it throws. Where the rows are of
   * several tenants, it only reads.
   */
  readonly database: Database;
  /** `<slug>|<sub>` */
  readonly principalId: string;
  /** The resource's id; for an operation without one, the action's name. */
  readonly id: string;
  /** What the decision was made on; undefined for an operation without a resource of its own. */
  readonly resource: Resource | undefined;
  /** The context that the decision was made on, in Cedar's JSON form: headers and parameters that the operation declares. */
  readonly context: Readonly<Record<string, CedarJson>>;
  readonly query: Readonly<Record<string, readonly string[]>>;
  readonly body: unknown;
  /** What the caller may do, for a UI: one answer a question, in their order. Wait for it before the next query. */
  readonly permissions: (questions: readonly PermissionQuestion[]) => Promise<readonly boolean[]>;
}

/** Has an allowed request answered, by whoever serves its route. */
export type Run = (call: AllowedCall, match: RouteMatch) => Promise<Answer>;

/** Does what the caller was allowed to. Throws RequestProblem for a request that makes no sense. */
export type Handler = (call: AllowedCall) => Promise<Answer>;

/** Answers a route that has no authorizer. */
export type PublicHandler = () => Promise<Answer>;
