import type { ValueType } from '../../../cedar/model.ts';
import type { Place } from '../document/place.ts';
import type { Api, Names } from './api.ts';
import { expectKeys, nameOf } from './fields.ts';
import { LEAVE_OUT_OR_DESCRIBE } from './remedies.ts';
import { type Schema, writtenPlaces } from './schema-parts.ts';

/**
 * Finds the type of the entity that a schema stands for: with `x-authz: { entity: Order }` on its id, or by being an
 * entity type itself. Undefined for any other schema.
 */
export function entityReferences(api: Api, names: Names) {
  const { report } = api;
  const linkable = new Set([...names.entityTypes, ...names.principalTypes]);
  return (schema: Schema, parts: readonly Place[]): ValueType | 'problem' | undefined => {
    for (const place of writtenPlaces(schema)) {
      const own = names.entitySchemas.get(place.id);
      if (own !== undefined) return { kind: 'Entity', name: own };
      const extension = api.extensionAt(place);
      if (!extension) continue;
      const written = extension.get('entity');
      expectKeys(extension, written ? ['entity', 'log'] : ['entity', 'log', 'attributes'], report);
      if (!written) continue;
      const name = nameOf(written, linkable, 'entity or principal type', report);
      return name === undefined ? 'problem' : { kind: 'Entity', name };
    }
    // `allOf` around an entity is how 3.0 says more of a reference.
    const entity = parts.map(({ id }) => names.entitySchemas.get(id)).find((name) => name !== undefined);
    const more = parts.find((part) => !names.entitySchemas.has(part.id) && part.get('properties'));
    if (entity === undefined) return undefined;
    if (!more) return { kind: 'Entity', name: entity };
    const message = `this is an entity of type "${entity}" with more properties, and Cedar has no such type`;
    report(more.site, 'UNSUPPORTED_TYPE', message, LEAVE_OUT_OR_DESCRIBE);
    return 'problem';
  };
}
