import type { Site } from '../../../cedar/ast.ts';
import type { Place } from '../document/place.ts';

export interface Parameter {
  readonly in: string;
  /** Lower case for a header: RFC 9110, section 5.1. */
  readonly name: string;
  readonly required: boolean;
  readonly schema?: Place;
  readonly description?: string;
  readonly site: Site;
}

/** Parameters of an operation; those of its path hold for it too, unless it declares the same one itself. */
export function parametersOf(pathItem: Place, operation: Place): Parameter[] {
  const byKey = new Map<string, Parameter>();
  for (const owner of [pathItem, operation]) {
    for (const item of owner.get('parameters')?.items() ?? []) {
      const parameter = parameterOf(item);
      byKey.set(`${parameter.in} ${parameter.name}`, parameter);
    }
  }
  return [...byKey.values()];
}

function parameterOf(item: Place): Parameter {
  const place = item.target();
  const where = String(place.get('in')?.value);
  const name = String(place.get('name')?.value);
  const schema = place.get('schema');
  const description = place.get('description')?.value;
  return {
    in: where,
    name: where === 'header' ? name.toLowerCase() : name,
    required: place.get('required')?.value === true,
    ...(schema && { schema }),
    ...(typeof description === 'string' && { description: description.trim() }),
    site: item.site,
  };
}
