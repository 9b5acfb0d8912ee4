export type Effect = 'permit' | 'forbid';

/** A policy as a store should hold it. */
export interface StorePolicy {
  /** Ours, for messages and for the names of deciding policies in logs. */
  readonly id: string;
  /** `name/<id>-<hash>`, unique in its store. */
  readonly name: string;
  readonly effect: Effect;
  readonly statement: string;
}

/** A policy as a store holds it. */
export interface StoredPolicy {
  /** The store's own id. */
  readonly policyId: string;
  /** Absent: nobody named it, so it is none of ours. */
  readonly name?: string;
  readonly effect: Effect;
  /** Absent for a policy linked to a template. */
  readonly statement?: string;
}

/** What the sync needs of a policy store. Listings, like decisions, may lag behind writes. */
export interface PolicyStore {
  list(): Promise<readonly StoredPolicy[]>;
  /**
   * @returns the store's id of the policy
   * @throws {PolicyRejected}
   * @throws {StoreConflict} when its name is taken
   */
  create(policy: StorePolicy): Promise<string>;
  /**
   * Replaces the condition of a policy; effect and scope must be as before.
   * @throws {PolicyRejected}
   * @throws {StoreConflict} when there is no such policy
   */
  update(policyId: string, policy: StorePolicy): Promise<void>;
  /** Deletes by id or by name. Deleting what is not there is no error. */
  delete(policyIdOrName: string): Promise<void>;
  /** The schema's JSON text; undefined when the store has none. */
  schema(): Promise<string | undefined>;
}

/** The store will not have the policy, however often it is asked: the text, or a quota, must change first. */
export class PolicyRejected extends Error {
  override readonly name = 'PolicyRejected';
  readonly policyId: string;

  /** @param policyId ours */
  constructor(policyId: string, message: string) {
    super(message);
    this.policyId = policyId;
  }
}

/** The store is not as its listing said. It must be read again. */
export class StoreConflict extends Error {
  override readonly name = 'StoreConflict';
}
