import type { EntityUid } from '../../cedar/ast.ts';
import type { CedarJson, EntityData } from '../../cedar/request.ts';

export type { CedarJson, EntityData };

/** One authorization question, complete: what any decider needs and nothing else. Type names are qualified. */
export interface Question {
  readonly slug: string;
  readonly policyStoreId: string;
  readonly principal: EntityUid;
  readonly action: EntityUid;
  readonly resource: EntityUid;
  readonly context: Readonly<Record<string, CedarJson>>;
  /** Principal, its groups and the resource. The action's hierarchy is added by the decider that needs it. */
  readonly entities: readonly EntityData[];
}

export interface Answer {
  readonly decision: 'allow' | 'deny';
  /** Ids of the policies that decided: ours where known, else the store's. */
  readonly determining: readonly string[];
  /** Ids or redacted texts of policies that could not be evaluated. An answer with any is a deny. */
  readonly errors: readonly string[];
}

/** What a gateway knows of who asks beside the question itself: some deciders go by it. */
export interface Caller {
  readonly token: string;
  readonly tokenUse: 'access' | 'id';
  /** Keys of the operations that were allowed when the token was issued; absent where tokens carry none. */
  readonly permissions?: readonly string[];
  /** Whether the operation must be decided afresh. */
  readonly sensitive: boolean;
}

/** A decider of the gateway phase. */
export interface GatewayDecider {
  decide(question: Question, caller: Caller): Promise<Answer>;
}

/** Answers permit or deny. Throws `DeciderUnavailable` when it cannot: never a guess. */
export interface Decider {
  decide(question: Question): Promise<Answer>;
}

/** The decider could not be asked. The gateway answers 500 and caches nothing. */
export class DeciderUnavailable extends Error {
  override readonly name = 'DeciderUnavailable';
}
