import type { Site } from '../../../cedar/ast.ts';
import { PolicyError } from '../../../cedar/policy-error.ts';

/** Cedar that no builder makes. It is told at its place, and never left out. */
export const inexpressible = (
  part: { readonly at?: Site | undefined },
  what: string,
  remedy: string,
): PolicyError =>
  new PolicyError({
    code: 'IMPORT_INEXPRESSIBLE',
    message: `no builder writes ${what}`,
    remedy,
    site: part.at,
  });
