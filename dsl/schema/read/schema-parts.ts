import type { Place } from '../document/place.ts';
import type { Api } from './api.ts';
import { chainOf } from './path-items.ts';

/** Schemas that hold for one value at once. */
export type Schema = readonly Place[];

/** Keywords that may stand beside a `$ref` in any version: they say nothing of the value. */
const ANNOTATION =
  /^(?:\$ref|summary|description|title|deprecated|example|examples|default|readOnly|writeOnly|externalDocs|xml|x-.*)$/;

/** Everything that holds for a value: the schemas, what they refer to, and all parts of `allOf`. */
export function partsOf({ siblingsHold, report }: Api, schema: Schema): Place[] {
  const parts = new Map<string, Place>();
  const seen = new Set<string>();
  const open = [...schema];
  for (let part = open.shift(); part; part = open.shift()) {
    if (seen.has(part.id)) continue;
    seen.add(part.id);
    const next = part.next();
    if (next) open.unshift(next);
    if (!next || siblingsHold) {
      parts.set(part.id, part);
      open.push(...(part.get('allOf')?.items() ?? []));
      continue;
    }
    for (const { key, keySite } of part.entries()) {
      if (ANNOTATION.test(key)) continue;
      const message = `"${key}" beside a $ref is ignored in OpenAPI 3.0`;
      report(keySite, 'IGNORED_KEYWORD', message, 'put the $ref into allOf, or leave the keyword out');
    }
  }
  return [...parts.values()];
}

/** The schemas and what they refer to, where words of `x-authz` about the value may stand. */
export const writtenPlaces = (schema: Schema): Place[] => schema.flatMap(chainOf);

/** The alternatives of each `oneOf` and `anyOf`, without those that are only null. */
export function alternativesOf(
  parts: readonly Place[],
): { readonly place: Place; readonly options: Place[] }[] {
  return parts.flatMap((part) =>
    ['oneOf', 'anyOf'].flatMap((keyword) => {
      const place = part.get(keyword);
      return place ? [{ place, options: place.items().filter((option) => !isNull(option.target())) }] : [];
    }),
  );
}

const isNull = (schema: Place): boolean => {
  const values = schema.get('enum')?.items();
  return (
    schema.get('type')?.value === 'null' ||
    (schema.get('const')?.kind === 'scalar' && schema.get('const')?.value === null) ||
    (values !== undefined && values.length > 0 && values.every(({ value }) => value === null))
  );
};

/**
 * Whether null is allowed, which then means what absence means. OpenAPI 3.0 says `nullable: true`, 3.1
 * `type: [string, 'null']`; one part or alternative that says so is enough, because an attribute too often optional is
 * never wrong.
 */
export function isNullable(
  api: Api,
  parts: readonly Place[],
  within: ReadonlySet<string> = new Set(),
): boolean {
  const fresh = parts.filter(({ id }) => !within.has(id));
  const seen = new Set([...within, ...fresh.map(({ id }) => id)]);
  return fresh.some(
    (part) =>
      isNull(part) ||
      part.get('nullable')?.value === true ||
      (part.get('type')?.items() ?? []).some(({ value }) => value === 'null') ||
      (part.get('enum')?.items() ?? []).some(({ kind, value }) => kind === 'scalar' && value === null) ||
      ['oneOf', 'anyOf'].some((keyword) =>
        (part.get(keyword)?.items() ?? []).some((option) => isNullable(api, partsOf(api, [option]), seen)),
      ),
  );
}
