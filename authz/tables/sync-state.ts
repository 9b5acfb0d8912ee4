/** The sync-state table: what became of each policy, and the snapshots that embedded deciders load. Sync writes it. */

export interface PolicyStatusItem {
  /** `<slug>` */
  readonly pk: string;
  /** `status#<policy id>`, `status#live-<policy id>` or `status#release` */
  readonly sk: string;
  readonly state: 'enforced' | 'rejected';
  /** Why it was rejected. */
  readonly reason?: string;
  /** Of the statement; of a release `releaseSha256`. */
  readonly sha256: string;
  readonly at: string;
}

/** One part of a snapshot: parts keep each item below DynamoDB's 400 kB. */
export interface SnapshotPartItem {
  readonly pk: string;
  /** `snapshot#<version>#<n>` */
  readonly sk: string;
  readonly policies: readonly SnapshotPolicy[];
}

export interface SnapshotPolicy {
  readonly id: string;
  /** In full. */
  readonly statement: string;
  /** Of the statement, hex. */
  readonly sha256: string;
  /** What the gateway can decide of it. Absent: nothing. */
  readonly gatewayStatement?: string;
  /** The same in the form for questions with a token, where the gateway's store is asked so. Absent: nothing. */
  readonly tokenStatement?: string;
  /** The schema already enforces it: it can never apply, and Verified Permissions takes no such policy. */
  readonly impossible?: true;
}

/** Written after all parts: an embedded decider loads exactly what it names, or refuses. */
export interface SnapshotManifestItem {
  readonly pk: string;
  readonly sk: 'snapshot';
  readonly version: string;
  readonly parts: number;
  /** Policy id -> sha256, for the full set. */
  readonly policies: Readonly<Record<string, string>>;
  /** Of the release that the policies are of (`releaseSha256`), live ones aside. Empty: none was ever accepted. */
  readonly releaseSha256: string;
  /** Whose tokens the policies' token form is for, if they have one. */
  readonly userPoolId?: string;
  readonly publishedAt: string;
}

/** Verified Permissions policy id -> our id, of both stores. */
export interface IdsItem {
  readonly pk: string;
  readonly sk: 'ids';
  readonly ids: Readonly<Record<string, string>>;
}

/** Writes to one store are serialised: Verified Permissions may refuse simultaneous ones. */
export interface LeaseItem {
  readonly pk: string;
  /** `lease#<policy store id>` */
  readonly sk: string;
  readonly holder: string;
  /** Epoch milliseconds after which another holder may take it. */
  readonly until: number;
  /** Epoch milliseconds from which all writes to the store are visible. Only when it was given back in order. */
  readonly settledAt?: number;
}

export const syncStateKey = {
  status: (slug: string, id: string) => ({ pk: slug, sk: `status#${id}` }),
  manifest: (slug: string) => ({ pk: slug, sk: 'snapshot' as const }),
  part: (slug: string, version: string, n: number) => ({ pk: slug, sk: `snapshot#${version}#${n}` }),
  ids: (slug: string) => ({ pk: slug, sk: 'ids' as const }),
  lease: (slug: string, storeId: string) => ({ pk: slug, sk: `lease#${storeId}` }),
};
