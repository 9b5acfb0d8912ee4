import type { Site } from '../../../cedar/ast.ts';
import type { Report } from '../document/report.ts';

/**
 * `then` would make every expression a promise to JavaScript, `__proto__` would change an object instead of naming a
 * part of it, and the others are how Cedar's JSON form marks values that are no records.
 */
const UNREACHABLE = new Set(['', 'then', '__proto__', '__entity', '__extn', '__expr']);

/** Control characters and halves of characters: they do not survive the way into a store and back. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}]/u;

/** Whether a name can be one in Cedar, in JSON and in JavaScript alike. */
export const isPlainName = (name: string): boolean =>
  name !== '' && name !== '__proto__' && !UNPRINTABLE.test(name);

/** Reports an attribute that policies could not reach, or that only the pipeline may set. */
export function checkAttributeName(
  name: string,
  site: Site,
  reserved: readonly string[],
  report: Report,
): boolean {
  if (UNREACHABLE.has(name) || !isPlainName(name)) {
    report(
      site,
      'BAD_NAME',
      `an attribute cannot be called ${JSON.stringify(name)}`,
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
