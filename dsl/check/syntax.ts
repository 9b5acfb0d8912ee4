import type { Site } from '../../cedar/ast.ts';
import { operatorProblems } from './condition-operators.ts';
import { guardrailsExport, tenantExport } from './default-export.ts';
import { nameProblems } from './forbidden-names.ts';
import { importProblems } from './imports.ts';
import type { Problem } from './problem.ts';
import { parseProblems, parseSource, type SourceText } from './source-file.ts';

/**
 * `tenant`: a file directly in the folder. `guardrails`: `shared/guardrails.ts`. `shared`: what tenants import.
 */
export type Role = 'tenant' | 'guardrails' | 'shared';

export interface SyntaxResult {
  readonly problems: readonly Problem[];
  /** The default export: where a mistake of the whole file is shown. */
  readonly at: Site;
  /** A tenant's file that says `retired('acme')`: nothing of it runs. */
  readonly retired: boolean;
}

/**
 * Checks a file before anything of it runs: what it imports and names, what it exports, and the operators of
 * JavaScript in conditions, which neither the compiler nor the builder can see (`a || b` is just `a`).
 * `folder`: where the tenants are, relative to the project.
 */
export function checkSyntax(written: SourceText, role: Role, folder: string): SyntaxResult {
  const source = parseSource(written);
  const top: Site = { file: written.file, line: 1, column: 1 };
  const broken = parseProblems(source);
  if (broken.length > 0) return { problems: broken, at: top, retired: false };
  const exported =
    role === 'tenant'
      ? tenantExport(source)
      : role === 'guardrails'
        ? guardrailsExport(source)
        : { problems: [], at: top, retired: false };
  return {
    problems: [
      ...importProblems(source, folder),
      ...nameProblems(source),
      ...operatorProblems(source),
      ...exported.problems,
    ],
    at: exported.at,
    retired: exported.retired,
  };
}
