import type { Attribute, EntityType } from '../../../cedar/model.ts';
import type { Place } from '../document/place.ts';
import type { Api, Names } from './api.ts';
import { checkAttributeName } from './attributes.ts';
import { expectKeys, namesOf, proseOf, textOf } from './fields.ts';
import { entitySchemasOf } from './names.ts';
import { objectShape } from './schema-shape.ts';
import { tagsOf } from './tags.ts';
import { valueTypes } from './value-type.ts';

/** The entity types among the component schemas. */
export function entityTypes(api: Api, names: Names): Record<string, EntityType> {
  return Object.fromEntries(
    entitySchemasOf(api).map(({ name, schema }) => [name, entityType(api, names, schema)]),
  );
}

function entityType(api: Api, names: Names, schema: Place): EntityType {
  const { report } = api;
  const extension = api.extensionAt(schema) ?? schema;
  expectKeys(extension, ['entity', 'name', 'parents', 'attributes', 'tags', 'tenancy'], report);
  textOf(extension.get('name'), report);
  const tenancy = tenancyOf(extension.get('tenancy'), api);
  const { properties, required } = objectShape(api, [schema]);
  const { readAttribute } = valueTypes(api, names);
  const tags = tagsOf(api, names, extension.get('tags'));
  const listed = extension.get('attributes');
  const attributes = namesOf(listed, new Set(properties.keys()), 'property of this schema', report).flatMap(
    (name) => {
      const site = listed?.items().find((item) => item.value === name)?.site ?? extension.site;
      const property = properties.get(name);
      if (!property || !checkAttributeName(name, site, ['tenant'], report)) return [];
      const attribute = readAttribute(property, required.has(name));
      return attribute ? [[name, attribute] as const] : [];
    },
  );
  const description = proseOf(schema.get('description'));
  return {
    parents: namesOf(extension.get('parents'), names.entityTypes, 'entity type', report),
    attributes: { ...(tenancy === 'tenant' && { tenant: TENANT }), ...Object.fromEntries(attributes) },
    tenancy,
    ...(tags && { tags }),
    ...(description !== undefined && { description }),
  };
}

const TENANT: Attribute = { type: { kind: 'String' }, required: true };

function tenancyOf(place: Place | undefined, { report }: Api): EntityType['tenancy'] {
  const tenancy = textOf(place, report);
  if (tenancy === 'shared') return 'shared';
  if (place && tenancy !== undefined && tenancy !== 'tenant') {
    report(place.site, 'BAD_VALUE', `"${tenancy}" is no tenancy`, 'write shared or tenant');
  }
  return 'tenant';
}
