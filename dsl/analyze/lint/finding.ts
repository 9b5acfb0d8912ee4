import type { Site } from '../../../cedar/ast.ts';
import { formatProblem } from '../../check/problem.ts';
import { type Certainty, certaintyText } from '../verdict.ts';

export type LintCode =
  | 'NEVER_APPLIES' | 'ALWAYS_APPLIES' | 'SHADOWED_PERMIT' | 'OVERRIDDEN_PERMIT' | 'FORBID_NEVER_REACHED'
  | 'CLAUSE_CHANGES_NOTHING' | 'UNUSED_GROUP' | 'NOBODY_CAN' | 'EVERYBODY_CAN' | 'PUBLIC_OPERATION'
  | 'LIVE_POLICY' | 'LIVE_REJECTED'; // prettier-ignore

/** Something that somebody should look at. */
export interface Finding {
  readonly code: LintCode;
  /** `note`: worth knowing, and no mistake; or not sure enough to be called one. */
  readonly severity: 'warning' | 'note';
  /** The tenant, or the file of policies. */
  readonly set: string;
  readonly site: Site;
  /** Of a finding about a policy. */
  readonly policy?: string;
  /** Of a finding about an operation. */
  readonly action?: string;
  readonly message: string;
  readonly remedy: string;
  readonly certainty: Certainty;
}

/** A finding is a warning where it is sure, else a note that says how far it goes. */
export const severityOf = ({ kind }: Certainty): Finding['severity'] =>
  kind === 'proved' ? 'warning' : 'note';

/** Whether an answer is less than all that was asked for. */
export const isUnsure = ({ certainty }: Finding): boolean =>
  certainty.kind === 'sampled' || certainty.kind === 'unknown';

/** `tenants/acme.ts:12:8 [SHADOWED_PERMIT] acme: "…" — what to do (proved)` */
export const findingText = ({ site, code, set, message, remedy, certainty }: Finding): string =>
  `${formatProblem({ site, code, message: `${set}: ${message}`, remedy })} (${certaintyText(certainty)})`;
