import type { Certainty } from '../verdict.ts';

/**
 * What somebody in exactly these groups, and whatever those are in, can do by a tenant's own policies: of all
 * well-formed requests of this kind. Guardrails are left out; they are listed once beside the matrix.
 */
export interface Cell {
  /** The tenant, or the file of policies. */
  readonly set: string;
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** Ids of the groups; none for somebody in no group. */
  readonly groups: readonly string[];
  readonly verdict: 'always' | 'never' | 'on conditions' | 'unknown';
  readonly certainty: Certainty;
  /** Of a verdict "on conditions", one line each. */
  readonly conditions: readonly string[];
  /** Ids of the policies whose scope lets such a request through. */
  readonly policies: readonly string[];
}

/** Where a policy of the matrix is written. */
export interface MatrixPolicy {
  readonly set: string;
  readonly id: string;
  readonly effect: 'permit' | 'forbid';
  readonly text: string;
  readonly file: string;
  readonly line: number;
}

export interface Matrix {
  /** Name and version of the solver; absent where none was asked. */
  readonly solver?: string;
  /** Guardrails and the sets that have them. */
  readonly guardrails: readonly {
    readonly id: string;
    readonly sets: readonly string[];
    readonly text: string;
  }[];
  /** Sorted. */
  readonly cells: readonly Cell[];
  readonly policies: readonly MatrixPolicy[];
}
