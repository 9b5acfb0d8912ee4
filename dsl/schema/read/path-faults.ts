import type { Site } from '../../../cedar/ast.ts';
import type { Report } from '../document/report.ts';
import { type Fault, parameterIn, segmentsOf, unroutable } from './paths.ts';

/** A path template with operations, and where it is written. */
export interface PathTemplate {
  readonly path: string;
  readonly methods: readonly string[];
  readonly site: Site;
}

/** Why operations cannot be routed, or not beside others. */
export interface PathFault {
  readonly template: PathTemplate;
  /** Those of its methods that the fault is about. */
  readonly methods: readonly string[];
  readonly code: 'BAD_PATH' | 'AMBIGUOUS_PATH';
  readonly message: string;
  readonly remedy: string;
}

/** Templates that API Gateway cannot route, and pairs of which a request could mean either: the later one is at fault. */
export function pathFaults(templates: readonly PathTemplate[]): PathFault[] {
  const faults: PathFault[] = [];
  const fine: { readonly template: PathTemplate; readonly segments: readonly string[] }[] = [];
  for (const template of templates) {
    const { path, methods } = template;
    const bad = unroutable(path);
    if (bad) {
      const message = `${path} cannot be routed: ${bad.what}`;
      faults.push({ template, methods, code: 'BAD_PATH', message, remedy: bad.remedy });
      continue;
    }
    const segments = segmentsOf(path);
    for (const earlier of fine) {
      const shared = methods.filter((method) => earlier.template.methods.includes(method));
      const misnamed = differentNames(earlier.segments, segments);
      const reason = misnamed ?? (shared.length > 0 ? ambiguity(earlier.segments, segments) : undefined);
      if (!reason) continue;
      const message = `${path} and ${earlier.template.path} (line ${earlier.template.site.line}) ${reason.what}`;
      const about = misnamed ? methods : shared;
      faults.push({ template, methods: about, code: 'AMBIGUOUS_PATH', message, remedy: reason.remedy });
    }
    fine.push({ template, segments });
  }
  return faults;
}

/** Reports the faults of templates. */
export function checkPaths(templates: readonly PathTemplate[], report: Report): void {
  for (const { template, code, message, remedy } of pathFaults(templates)) {
    report(template.site, code, message, `${remedy}, or leave operations out (omit: true in x-authz)`);
  }
}

/**
 * Two templates with a method in common are fine when no path fits both, or when one is more exact at every difference
 * (`/users/me` beside `/users/{id}`): a static segment beats a parameter. Where each is more exact somewhere, gateways
 * and frameworks choose differently, and what is decided about would not be what is called.
 */
function ambiguity(a: readonly string[], b: readonly string[]): Fault | undefined {
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
    return {
      what: `call the same segment ${part} and ${other}`,
      remedy: `use one name for it (rename: { ${parameterIn(other)}: ${parameterIn(part)} } in the x-authz of the path)`,
    };
  }
  return undefined;
}
