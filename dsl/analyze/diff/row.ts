import type { AuthorizationRequest } from '../../../cedar/engine.ts';
import type { Site } from '../../../cedar/ast.ts';
import type { Environment } from '../environments.ts';
import type { Certainty } from '../verdict.ts';

/** What the second version makes of the requests of one kind, beside the first. */
export type Permissiveness =
  | 'equivalent'
  | 'more permissive'
  | 'less permissive'
  | 'incomparable'
  | 'unknown';

/** What a policy had to do with a decision. */
export type Part = 'decides' | 'errs' | 'applies' | 'does not apply' | 'is not there';

/** A policy that is answerable for a difference, in one of the versions. */
export interface Responsible {
  readonly id: string;
  readonly effect: 'permit' | 'forbid';
  /** In the version that has it. */
  readonly site: Site;
  readonly part: Part;
}

/** How one version decides a request. */
export interface Told {
  readonly decision: 'allow' | 'deny';
  /** Whether it knows such requests at all; if not, it denies them. */
  readonly knows: boolean;
  readonly policies: readonly Responsible[];
}

/** A request that the two versions decide differently. Cedar's engine has decided it for both. */
export interface Counterexample {
  readonly request: AuthorizationRequest;
  readonly before: Told;
  readonly after: Told;
}

/** One direction of a difference: is anything denied before and allowed after, or the other way round? */
export interface Half {
  readonly certainty: Certainty;
  readonly example?: Counterexample;
}

/** The two versions of a set, in one kind of request. */
export interface Row {
  /** The tenant, or the file of policies. */
  readonly set: string;
  readonly environment: Environment;
  readonly verdict: Permissiveness;
  /** Denied before, allowed after. */
  readonly opened: Half;
  /** Allowed before, denied after. */
  readonly narrowed: Half;
}

/** What only one of two schemas has. */
export interface OneSided {
  readonly actions: readonly string[];
  readonly types: readonly string[];
}

export interface SetDiff {
  readonly set: string;
  /** `same`: nothing that decides was changed, so there are no rows. */
  readonly state: 'same' | 'changed' | 'added' | 'removed';
  readonly added: OneSided;
  readonly removed: OneSided;
  readonly rows: readonly Row[];
}

/** A row without any change. */
export const EQUAL: Half = { certainty: { kind: 'proved', by: 'scopes' } };

/** In one of the five words that tools know. Where a half is only sampled, nothing is said for sure. */
export function permissiveness(opened: Half, narrowed: Half): Permissiveness {
  const kinds = [opened.certainty.kind, narrowed.certainty.kind] as const;
  if (kinds.every((kind) => kind === 'counterexample')) return 'incomparable';
  if (kinds.some((kind) => kind === 'sampled' || kind === 'unknown')) return 'unknown';
  if (kinds[0] === 'counterexample') return 'more permissive';
  return kinds[1] === 'counterexample' ? 'less permissive' : 'equivalent';
}

/** Exit codes of a diff: proved equal; only narrower; something opened; not known, or only tried. */
export const VERDICT = { equal: 0, narrower: 10, opened: 11, unsure: 12 } as const;

/** What opened wins over all, and only what is proved not to have opened is narrower. */
export function verdictOf(diffs: readonly SetDiff[]): number {
  const rows = diffs.flatMap((diff) => diff.rows);
  const has = (half: 'opened' | 'narrowed', ...kinds: readonly Certainty['kind'][]): boolean =>
    rows.some((row) => kinds.includes(row[half].certainty.kind));
  if (has('opened', 'counterexample')) return VERDICT.opened;
  if (has('opened', 'sampled', 'unknown')) return VERDICT.unsure;
  if (has('narrowed', 'counterexample')) return VERDICT.narrower;
  return has('narrowed', 'sampled', 'unknown') ? VERDICT.unsure : VERDICT.equal;
}
