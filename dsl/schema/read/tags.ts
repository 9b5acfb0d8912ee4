import type { ValueType } from '../../../cedar/model.ts';
import type { Place } from '../document/place.ts';
import type { Api, Names } from './api.ts';
import { valueTypes } from './value-type.ts';

/** The type of the values of an entity type's tags: `tags: { type: string }`, a schema like any other. */
export function tagsOf(api: Api, names: Names, schema: Place | undefined): ValueType | undefined {
  if (!schema) return undefined;
  if (schema.kind !== 'map') {
    const message = 'this is no schema';
    return api.report(
      schema.site,
      'BAD_VALUE',
      message,
      'describe the value of a tag: tags: { type: string }',
    );
  }
  return valueTypes(api, names).readType(schema);
}
