import type { Site } from '../../../cedar/ast.ts';
import { LIMITS } from '../../../cedar/limits.ts';
import { isIdentifier } from '../../../cedar/names.ts';
import { ENDPOINT_TYPE, GROUP_TYPE } from '../../../cedar/model.ts';
import type { Place } from '../document/place.ts';
import type { Api, Names } from './api.ts';
import { isPlainName } from './attributes.ts';
import { proseOf, textOf } from './fields.ts';

const MAX_NAMESPACE_LENGTH = 100;

/** Types that Cedar has itself; one of the API's by the same name would be read as one or the other. */
const TAKEN = new Set([
  'Action', 'Bool', 'Boolean', 'Entity', 'Extension', 'Long', 'Record', 'Set', 'String',
  'datetime', 'decimal', 'duration', 'ipaddr', ENDPOINT_TYPE, GROUP_TYPE,
]); // prettier-ignore

/** Collects what the document declares, so that a use may stand before its declaration. */
export function declaredNames(api: Api, top: Place): Names {
  const keys = (section: string): Set<string> =>
    new Set((top.get(section)?.entries() ?? []).map(({ key }) => key));
  const principalTypes = keys('principals');
  const entitySchemas = new Map<string, string>();
  for (const { key, keySite } of top.get('principals')?.entries() ?? []) checkTypeName(api, key, keySite);
  for (const { name, site, schema } of entitySchemasOf(api)) {
    checkTypeName(api, name, site);
    const other = entitySchemas.get(schema.id);
    if (principalTypes.has(name)) {
      const message = `"${name}" is a principal type and an entity type`;
      api.report(site, 'TYPE_CLASH', message, 'a resource is never a principal: rename one of the two');
    } else if (other !== undefined) {
      const message = `"${name}" is the same schema as "${other}"`;
      api.report(site, 'TYPE_CLASH', message, 'mark one schema as one entity type');
    } else if ([...entitySchemas.values()].includes(name)) {
      const message = `another schema is entity type "${name}" already`;
      api.report(site, 'TYPE_CLASH', message, 'give each a name of its own');
    }
    entitySchemas.set(schema.id, name);
  }
  return {
    principalTypes,
    entityTypes: new Set(entitySchemas.values()),
    actionGroups: keys('actionGroups'),
    entitySchemas,
  };
}

/** A component schema that is an entity type. */
export interface EntitySchema {
  readonly name: string;
  /** Where the name stands. */
  readonly site: Site;
  /** At the end of all references. */
  readonly schema: Place;
}

/**
 * The schemas under components that say `x-authz: { entity: true }`, by their own name or the one that `name: …` gives
 * them: `line-item` is none in Cedar. Any other x-authz there stays unread.
 */
export const entitySchemasOf = ({ root, glanceAt }: Api): EntitySchema[] =>
  (root.get('components')?.get('schemas')?.entries() ?? []).flatMap(({ key, keySite, value }) => {
    const schema = value.target();
    const words = glanceAt(schema);
    if (words?.get('entity')?.value !== true) return [];
    const given = words.get('name');
    return [{ name: proseOf(given) ?? key, site: given?.site ?? keySite, schema }];
  });

function checkTypeName({ report }: Api, name: string, site: Site): void {
  if (!isIdentifier(name) || !isPlainName(name) || name.length > MAX_TYPE_LENGTH) {
    report(
      site,
      'BAD_NAME',
      `"${name}" cannot be a type in Cedar`,
      `use letters, digits and _, at most ${MAX_TYPE_LENGTH}, and no word of Cedar; name: … beside entity gives another`,
    );
  } else if (TAKEN.has(name)) {
    report(site, 'BAD_NAME', `"${name}" is a type that every API has already`, 'choose another name');
  }
}

/** Verified Permissions takes 200 characters with the namespace, which may have 100, and `::`. */
const MAX_TYPE_LENGTH = LIMITS.typeNameLength - MAX_NAMESPACE_LENGTH - '::'.length;

/**
 * The namespace of all types. Verified Permissions refuses one that contains `aws`, `amazon` or `cedar`
 * (User Guide, "Differences from Cedar") and takes at most 100 characters.
 */
export function namespaceOf({ report }: Api, top: Place): string {
  const place = top.get('namespace');
  const name = textOf(place, report);
  if (!place) {
    report(top.site, 'BAD_NAME', 'x-authz has no namespace', 'add one: namespace: Shop');
  } else if (
    name !== undefined &&
    (!isIdentifier(name) || name.length > MAX_NAMESPACE_LENGTH || /aws|amazon|cedar/i.test(name))
  ) {
    report(
      place.site,
      'BAD_NAME',
      `"${name}" cannot be a namespace of Verified Permissions`,
      `use letters, digits and _, at most ${MAX_NAMESPACE_LENGTH}, without aws, amazon or cedar`,
    );
  }
  return name ?? '';
}
