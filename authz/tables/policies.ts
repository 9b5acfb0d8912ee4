import { canonicalJson } from '../../cedar/canonical-json.ts';
import { sha256Hex } from '../../cedar/hash.ts';

/** The policy table: policies as data. Written by the security role only; its stream wakes the sync. */

export interface PolicyItem {
  /** `<slug>`, or `live#<slug>` for a live policy. */
  readonly pk: string;
  /** `policy#<id>` */
  readonly sk: string;
  readonly statement: string;
  readonly effect: 'permit' | 'forbid';
  /** Of effect and scope: a policy whose scope hash changes is another policy to Verified Permissions. */
  readonly scopeHash: string;
  /** Of the statement, hex. */
  readonly sha256: string;
}

/** Activates the tenant's code policies as one. */
export interface ReleaseItem {
  readonly pk: string;
  readonly sk: 'release';
  readonly policyStoreId: string;
  readonly gatewayPolicyStoreId: string;
  readonly schemaSha256: string;
  readonly gatewaySchemaSha256: string;
  /** Where the gateway's store is asked with tokens: who issues them. Its policies then have another form. */
  readonly token?: { readonly kind: string; readonly use: 'access' | 'id'; readonly userPoolId: string };
  /** Policy id -> sha256 of its statement. */
  readonly policies: Readonly<Record<string, string>>;
}

/** Source files by policy id. Apart from the policies, so that a policy that moves to another file is the same. */
export interface SourcesItem {
  readonly pk: string;
  readonly sk: 'sources';
  readonly sites: Readonly<Record<string, string>>;
}

const LIVE = 'live#';

export const policyKey = {
  policy: (slug: string, id: string) => ({ pk: slug, sk: `policy#${id}` }),
  /** A security engineer's emergency brake. Beside its key, `statement` is all that the item needs. */
  live: (slug: string, id: string) => ({ pk: `${LIVE}${slug}`, sk: `policy#${id}` }),
  release: (slug: string) => ({ pk: slug, sk: 'release' as const }),
  sources: (slug: string) => ({ pk: slug, sk: 'sources' as const }),
};

/** 64 hex digits that tell one release of a tenant from another. */
export const releaseSha256 = (release: ReleaseItem): string => sha256Hex(canonicalJson(release));

/** The tenant that a changed item belongs to. */
export const slugOf = (pk: string): string => (pk.startsWith(LIVE) ? pk.slice(LIVE.length) : pk);
