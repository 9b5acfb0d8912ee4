import type { Site } from '../../../cedar/ast.ts';
import type { Report } from '../document/report.ts';

/**
 * `then` would make every expression a promise to JavaScript, `__proto__` would change an object instead of naming a
 * part of it.
 */
const UNREACHABLE = new Set(['', 'then', '__proto__']);

/** Reports an attribute that policies could not reach, or that only the pipeline may set. */
export function checkAttributeName(
  name: string,
  site: Site,
  reserved: readonly string[],
  report: Report,
): boolean {
  if (UNREACHABLE.has(name)) {
    report(
      site,
      'BAD_NAME',
      `an attribute cannot be called "${name}"`,
      'choose another name, or leave it out',
    );
    return false;
  }
  if (reserved.includes(name)) {
    report(
      site,
      'RESERVED_ATTRIBUTE',
      `"${name}" is set by the pipeline, from the registry, a token hook or the database`,
      'leave it out: every type that needs it has it',
    );
    return false;
  }
  return true;
}
