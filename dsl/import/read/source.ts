import type { EntityUid, Policy, Site } from '../../../cedar/ast.ts';
import type { PolicyError } from '../../../cedar/policy-error.ts';
import type { Comment, TokenSpan } from '../../../cedar/text/policies.ts';

/** A policy or template as it was found. */
export interface Found {
  /** Its id is the one that it had: by its place in a text, by its key in JSON. */
  readonly policy: Policy;
  /** Comments beside it, in a text. */
  readonly comments: readonly Comment[];
}

/** A template with its slots filled. */
export interface FoundLink {
  readonly id: string;
  readonly templateId: string;
  readonly principal?: EntityUid;
  readonly resource?: EntityUid;
  readonly at: Site;
}

/** All that a file of policies holds. */
export interface Source {
  readonly found: readonly Found[];
  readonly links: readonly FoundLink[];
  /** Comments about the whole file. */
  readonly header: readonly Comment[];
  /** Comments behind everything. */
  readonly footer: readonly Comment[];
  readonly spanOf: (part: object) => TokenSpan | undefined;
  readonly errors: readonly PolicyError[];
}

export const isTemplate = ({ principal, resource }: Policy): boolean =>
  [principal, resource].some((scope) => 'entity' in scope && 'slot' in scope.entity);
