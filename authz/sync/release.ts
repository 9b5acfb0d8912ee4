import { canonicalJson } from '../../cedar/canonical-json.ts';
import { sha256Hex } from '../../cedar/hash.ts';
import { type ReleaseItem, releaseSha256 } from '../tables/policies.ts';
import type { SnapshotPolicy } from '../tables/sync-state.ts';
import { compile, type GatewayForm, type Schemas } from './compile.ts';
import { isLiveId } from './live.ts';
import type { TenantItems } from './tenant-items.ts';
import { enforced, rejected, RELEASE, type Verdicts } from './verdict.ts';

/** What the stores' schemas are now; a store that has none yet has no text. */
export type StoreSchemas = { readonly [Store in keyof Schemas]: string | undefined };

/** A release's policies as they were last published, live ones aside. */
export interface Accepted {
  /** Of the release. Empty: none was ever accepted. */
  readonly releaseSha256: string;
  readonly policies: readonly SnapshotPolicy[];
  /** Whose tokens their token form is for, if they have one. */
  readonly userPoolId?: string | undefined;
}

export interface JudgedRelease {
  /** To be enforced: the release's, or as a whole those of the last accepted one. */
  readonly accepted: Accepted;
  readonly verdicts: Verdicts;
  /** Nothing is wrong but that a store still shows an older schema: look again soon. */
  readonly lookAgain: boolean;
}

/**
 * Judges a release as one: either all of its policies are to be enforced or none of them.
 * @param last undefined: what was enforced before is not known any more
 * @throws Error when only what was enforced before could be enforced now, and is not known
 * @throws {EngineError}
 */
export function judgeRelease(
  release: ReleaseItem,
  items: TenantItems,
  schemas: StoreSchemas,
  form: GatewayForm,
  last: Accepted | undefined,
): JudgedRelease {
  const sha256 = releaseSha256(release);
  const keepLast = (reason: string, verdicts: Verdicts = {}, lookAgain = false): JudgedRelease => {
    if (!last)
      throw new Error(`the snapshot of the last release is incomplete, and the next is rejected: ${reason}`);
    // Items of the next release are written before it is. Until then nothing is wrong with the one that is enforced.
    return last.releaseSha256 === sha256
      ? { accepted: last, verdicts: {}, lookAgain: false }
      : { accepted: last, verdicts: { ...verdicts, [RELEASE]: rejected(sha256, reason) }, lookAgain };
  };

  const texts = new Map<string, string>();
  for (const [id, wanted] of Object.entries(release.policies)) {
    const statement = items.policies.get(id);
    if (typeof statement !== 'string') return keepLast(incomplete(`policy ${id} is missing`));
    if (sha256Hex(statement) !== wanted) return keepLast(incomplete(`policy ${id} has another text`));
    if (isLiveId(id))
      return keepLast(`[RELEASE_INVALID] ${id} is a name of live policies — rename the policy`);
    texts.set(id, statement);
  }
  const { full, gateway } = schemas;
  if (full === undefined || hashOf(full) !== release.schemaSha256) {
    return keepLast(incomplete('the policy store has another schema'), {}, true);
  }
  if (gateway === undefined || hashOf(gateway) !== release.gatewaySchemaSha256) {
    return keepLast(incomplete("the gateway's policy store has another schema"), {}, true);
  }

  const { policies, rejected: faults } = compile(texts, { full, gateway }, form);
  if (faults.size > 0) {
    const verdicts = [...faults].map(([id, reason]) => [id, rejected(release.policies[id] ?? '', reason)]);
    return keepLast(rejectedBecause(faults), Object.fromEntries(verdicts));
  }
  return {
    accepted: { releaseSha256: sha256, policies, userPoolId: release.token?.userPoolId },
    verdicts: {
      ...Object.fromEntries(policies.map((policy) => [policy.id, enforced(policy.sha256)])),
      [RELEASE]: enforced(sha256),
    },
    lookAgain: false,
  };
}

const incomplete = (what: string): string =>
  `[RELEASE_INCOMPLETE] ${what} — deploy again, so that the release and what it names are of one deployment`;

export const rejectedBecause = (faults: ReadonlyMap<string, string>): string =>
  `[RELEASE_REJECTED] ${[...faults].map(([id, reason]) => `policy ${id}: ${reason}`).join('; ')}`;

function hashOf(schema: string): string {
  const json: object = JSON.parse(schema);
  return sha256Hex(canonicalJson(json));
}
