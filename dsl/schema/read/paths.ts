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

/** Why a template cannot be routed, or not beside the others. */
export interface PathFault extends PathTemplate {
  readonly code: 'BAD_PATH' | 'AMBIGUOUS_PATH';
  readonly message: string;
  readonly remedy: string;
}

/** Templates that API Gateway cannot route, and pairs of which a request could mean either: the later one is at fault. */
export function pathFaults(templates: readonly PathTemplate[]): PathFault[] {
  const faults: PathFault[] = [];
  const fine: { readonly template: PathTemplate; readonly segments: readonly string[] }[] = [];
  for (const template of templates) {
    const { path, site } = template;
    const segments = segmentsOf(path);
    const bad = unroutable(path, segments);
    if (bad) {
      faults.push({
        path,
        site,
        code: 'BAD_PATH',
        message: `${path} cannot be routed: ${bad.what}`,
        remedy: bad.remedy,
      });
      continue;
    }
    for (const earlier of fine) {
      const reason = ambiguity(earlier.segments, segments);
      if (!reason) continue;
      const other = `${earlier.template.path} (line ${earlier.template.site.line})`;
      const message = `${path} and ${other} ${reason.what}`;
      faults.push({ path, site, code: 'AMBIGUOUS_PATH', message, remedy: reason.remedy });
    }
    fine.push({ template, segments });
  }
  return faults;
}

/** Reports the faults of templates. */
export function checkPaths(templates: readonly PathTemplate[], report: Report): void {
  for (const { site, code, message, remedy } of pathFaults(templates)) {
    report(site, code, message, `${remedy}, or leave its operations out (omit: true in x-authz)`);
  }
}

function unroutable(path: string, segments: readonly string[]): Fault | undefined {
  const names = parametersIn(path);
  if (!path.startsWith('/')) return { what: 'it does not start with /', remedy: 'write a / before it' };
  if (/[?#]/.test(path))
    return { what: 'a query or fragment is no part of it', remedy: 'make them parameters' };
  if (segments.at(-1) === '') {
    return { what: 'API Gateway has no paths that end in a slash', remedy: 'drop the last slash' };
  }
  for (const segment of segments) {
    const reason = badSegment(segment);
    if (reason) return reason;
  }
  if (new Set(names).size < names.length) {
    return { what: 'it names a parameter twice', remedy: 'give each a name of its own' };
  }
  return names.includes('__proto__')
    ? { what: 'a parameter cannot be called __proto__', remedy: 'rename it' }
    : undefined;
}

/** What API Gateway takes for one segment is a text of few characters or one parameter (CreateResource, pathPart). */
function badSegment(segment: string): Fault | undefined {
  if (parameterIn(segment) !== undefined) return undefined;
  if (/^\{[^{}]*\+\}$/.test(segment)) {
    const what = `${segment} stands for any number of segments, and one action would be many operations`;
    return { what, remedy: 'write out the operations it stands for' };
  }
  if (segment === '.' || segment === '..') {
    return { what: `"${segment}" is resolved before a request is sent`, remedy: 'write where it leads' };
  }
  if (STATIC.test(segment)) return undefined;
  return {
    what: segment.includes('{')
      ? `"${segment}" is more than one parameter`
      : `"${segment}" is empty or has other characters than letters, digits and ._-:`,
    remedy: segment.includes('{') ? 'make the parameter the whole segment' : 'rename the segment',
  };
}

interface Fault {
  readonly what: string;
  readonly remedy: string;
}

/**
 * Two templates are fine when no path fits both, or when one is more exact at every difference (`/users/me` beside
 * `/users/{id}`): a static segment beats a parameter.
 */
function ambiguity(a: readonly string[], b: readonly string[]): Fault | undefined {
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
function differentNames(a: readonly string[], b: readonly string[]): Fault | undefined {
  for (const [index, part] of a.entries()) {
    const other = b[index];
    if (other === undefined) return undefined;
    if (part === other) continue;
    if (parameterIn(part) === undefined || parameterIn(other) === undefined) return undefined;
    return { what: `call the same segment ${part} and ${other}`, remedy: 'use one name for it' };
  }
  return undefined;
}
