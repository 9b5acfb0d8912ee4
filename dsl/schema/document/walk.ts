import type { Place } from './place.ts';

/** Maps whose keys are names that the document gives, not words of the specification. */
const NAMED = new Set([
  'properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas', 'schemas', 'responses', 'parameters',
  'requestBodies', 'headers', 'securitySchemes', 'links', 'callbacks', 'pathItems', 'paths', 'webhooks', 'content',
  'encoding', 'mapping', 'variables', 'scopes',
]); // prettier-ignore

/** Words whose values are data: a `$ref` or an `x-authz` in them is part of an example, and means nothing. */
const DATA = new Set(['example', 'examples', 'default', 'enum', 'const', 'value']);

/**
 * Visits every place of a document that says something about the API, each once. `visit` may give a further place to
 * go to. Not recursive: documents may be deep, and chains of references deeper.
 */
export function walk(roots: readonly Place[], visit: (place: Place) => Place | undefined): void {
  const seen = new Set<string>();
  const open = roots.map((place) => ({ place, named: false }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { place, named } = next;
    if (place.kind === 'scalar' || seen.has(place.id)) continue;
    seen.add(place.id);
    const further = visit(place);
    if (further) open.push({ place: further, named: false });
    for (const { key, value } of place.entries()) {
      if (!named && (DATA.has(key) || isForeign(key))) continue;
      open.push({ place: value, named: !named && NAMED.has(key) && value.kind === 'map' });
    }
    for (const item of place.items()) open.push({ place: item, named: false });
  }
}

/** An extension that others made is theirs to read. */
const isForeign = (key: string): boolean => key.startsWith('x-') && key !== 'x-authz';
