import type { Site } from '../../../cedar/ast.ts';
import type { Place } from '../document/place.ts';
import type { Report } from '../document/report.ts';
import { proseOf } from './fields.ts';

export interface Parameter {
  readonly in: string;
  /** Lower case for a header: RFC 9110, section 5.1. */
  readonly name: string;
  readonly required: boolean;
  readonly schema?: Place;
  readonly description?: string;
  readonly site: Site;
}

/**
 * Parameters of an operation; those of its path hold for it too, unless it declares the same one itself.
 * @param pathItem its parts, what it refers to first
 */
export function parametersOf(pathItem: readonly Place[], operation: Place, report: Report): Parameter[] {
  const byKey = new Map<string, Parameter>();
  for (const owner of [...pathItem, operation]) {
    const here = new Set<string>();
    for (const item of owner.get('parameters')?.items() ?? []) {
      const parameter = parameterOf(item);
      const key = `${parameter.in} ${parameter.name}`;
      if (here.has(key)) {
        const message = `${parameter.in} parameter "${parameter.name}" is declared twice`;
        report(parameter.site, 'DUPLICATE_PARAMETER', message, 'declare it once');
      }
      here.add(key);
      byKey.set(key, parameter);
    }
  }
  return [...byKey.values()];
}

function parameterOf(item: Place): Parameter {
  const place = item.target();
  const where = String(place.get('in')?.value);
  const name = String(place.get('name')?.value);
  const schema = place.get('schema');
  const description = proseOf(place.get('description'));
  return {
    in: where,
    name: where === 'header' ? name.toLowerCase() : name,
    required: place.get('required')?.value === true,
    ...(schema && { schema }),
    ...(description !== undefined && { description }),
    site: item.site,
  };
}
