import type { Problem } from '../dsl/check/problem.ts';

/** Which deployment of which Pulumi project. */
export interface Deployed {
  readonly project: string;
  readonly stack: string;
}

/** This repository's own project, and what an embedded cloud calls its stack: one cloud has one project. */
export const OWN_PROJECT = 'cedarwright';
export const EMBEDDED_STACK = 'local';

/** Of a role and of a function: IAM and AWS STS quotas; Lambda API Reference, CreateFunction. */
const LONGEST = 64;
/** The longest name that a role or function gets after the prefix. */
const LONGEST_PART = 'pre-token-database';

/**
 * What the names of all that a stack makes begin with: `shop-dev`. A project's own hyphens become underscores, because
 * two projects of one account must never meet: `shop-eu` with a stack `dev` is not `shop` with a stack `eu-dev`.
 */
export const namePrefix = ({ project, stack }: Deployed): string =>
  `${stack === EMBEDDED_STACK ? OWN_PROJECT : project.replaceAll(/[-_.]/g, underscores)}-${stack}`;

const underscores = (mark: string): string => '_'.repeat('-_.'.indexOf(mark) + 1);

/** Pulumi takes longer names, and dots in them, which AWS refuses only when half of a stack is made. */
export function nameProblems({ project, stack }: Deployed): Problem[] {
  const prefix = namePrefix({ project, stack });
  const most = LONGEST - LONGEST_PART.length - 1;
  if (/^[A-Za-z0-9_-]+$/.test(prefix) && prefix.length <= most) return [];
  return [
    {
      code: 'STACK_NAME',
      message: `the stack ${stack} of the project ${project} would name its functions and roles ${prefix}-…, which AWS does not take`,
      remedy: `use letters, digits, "-" and "_" alone, and at most ${most} characters for both names with a "-" between them`,
    },
  ];
}
