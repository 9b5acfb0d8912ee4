import type { Site } from '../../../cedar/ast.ts';
import type { Report } from '../document/report.ts';

/** A path template and where it is written. */
export interface PathTemplate {
  readonly path: string;
  readonly site: Site;
}

const PARAMETER = /^\{([A-Za-z0-9._-]+)\}$/;
/** What API Gateway takes as part of a resource's path (CreateResource, pathPart). */
const STATIC = /^[A-Za-z0-9._:-]+$/;

export const segmentsOf = (path: string): string[] => (path === '/' ? [] : path.split('/').slice(1));

/** The name of the parameter that a segment stands for. */
export const parameterIn = (segment: string): string | undefined => PARAMETER.exec(segment)?.[1];

/** All parameters of a template, those that are less than a segment too. */
export const parametersIn = (path: string): string[] =>
  [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name ?? '');

/** Reports templates that API Gateway cannot route, and pairs of which a request could mean either. */
export function checkPaths(templates: readonly PathTemplate[], report: Report): void {
  const fine = templates.filter((template) => isRoutable(template, report));
  for (const [index, later] of fine.entries()) {
    for (const earlier of fine.slice(0, index)) {
      const reason = ambiguity(segmentsOf(earlier.path), segmentsOf(later.path));
      if (!reason) continue;
      const message = `${later.path} and ${earlier.path} (line ${earlier.site.line}) ${reason.what}`;
      report(later.site, 'AMBIGUOUS_PATH', message, reason.remedy);
    }
  }
}

function isRoutable({ path, site }: PathTemplate, report: Report): boolean {
  const parts = segmentsOf(path);
  const names = parametersIn(path);
  const bad = parts.find((part) => parameterIn(part) === undefined && !STATIC.test(part));
  if (path.startsWith('/') && bad === undefined && new Set(names).size === names.length) return true;
  const message =
    bad === undefined ? `${path} names a parameter twice` : `"${bad}" in ${path} cannot be routed`;
  const remedy = 'make each segment letters, digits and ._-: or one {parameter}, each with a name of its own';
  report(site, 'BAD_PATH', message, remedy);
  return false;
}

interface Ambiguity {
  readonly what: string;
  readonly remedy: string;
}

/**
 * Two templates are fine when no path fits both, or when one is more exact at every difference (`/users/me` beside
 * `/users/{id}`): a static segment beats a parameter.
 */
function ambiguity(a: readonly string[], b: readonly string[]): Ambiguity | undefined {
  const misnamed = differentNames(a, b);
  if (misnamed) return misnamed;
  if (a.length !== b.length) return undefined;
  let exactA = false;
  let exactB = false;
  for (const [index, part] of a.entries()) {
    const other = b[index] ?? '';
    if (part === other) continue;
    const [variable, otherVariable] = [parameterIn(part) !== undefined, parameterIn(other) !== undefined];
    if (!variable && !otherVariable) return undefined;
    if (!variable) exactA = true;
    if (!otherVariable) exactB = true;
  }
  if (exactA !== exactB) return undefined;
  return { what: 'fit the same request', remedy: 'give one of them a segment that the other cannot match' };
}

/** API Gateway keeps paths as a tree in which siblings can be only one parameter: "only one unique variable path part". */
function differentNames(a: readonly string[], b: readonly string[]): Ambiguity | undefined {
  for (const [index, part] of a.entries()) {
    const other = b[index];
    if (other === undefined) return undefined;
    if (part === other) continue;
    if (parameterIn(part) === undefined || parameterIn(other) === undefined) return undefined;
    return { what: `call the same segment ${part} and ${other}`, remedy: 'use one name for it' };
  }
  return undefined;
}
