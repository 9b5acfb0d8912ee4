import type { Place } from '../document/place.ts';
import type { Report } from '../document/report.ts';

/** Keywords by which an object has properties that nothing names, or that come and go with others. */
const OPEN = [
  'additionalProperties', 'patternProperties', 'unevaluatedProperties', 'dependentSchemas', 'if',
]; // prettier-ignore
/** References whose meaning depends on who leads to them. */
const DYNAMIC = ['$dynamicRef', '$recursiveRef'];

/** Reports references that nobody can follow without knowing who leads to them. @returns whether there are none */
export function checkStatic(parts: readonly Place[], report: Report): boolean {
  const [dynamic] = parts.flatMap((part) => DYNAMIC.flatMap((keyword) => part.get(keyword) ?? []));
  if (dynamic)
    report(
      dynamic.site,
      'UNSUPPORTED_TYPE',
      'what this refers to depends on who leads to it',
      'write a $ref to the schema that is meant',
    );
  return !dynamic;
}

/** Reports objects that a record of Cedar cannot describe whole. What nothing says of other properties, policies ignore. */
export function checkClosed(parts: readonly Place[], report: Report): void {
  checkStatic(parts, report);
  for (const place of parts.flatMap((part) => OPEN.map((keyword) => part.get(keyword)))) {
    if (!place || place.value === false) continue;
    report(
      place.site,
      'UNSUPPORTED_TYPE',
      'Cedar has no maps with keys of any name',
      'name what policies read (attributes: […] in x-authz), make it tags of an entity type, or leave it out',
    );
  }
}
