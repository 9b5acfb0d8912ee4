import { type PrincipalAttribute, RESERVED_ATTRIBUTES } from '../../../cedar/model.ts';
import type { Place } from '../document/place.ts';
import type { Report } from '../document/report.ts';
import type { Api, Names } from './api.ts';
import { checkAttributeName } from './attributes.ts';
import { entriesOf, expectKeys, flagOf, namesOf, textOf } from './fields.ts';
import { valueTypes } from './value-type.ts';

/** Claims that already mean something in a token: one of them must not become an attribute a hook writes. */
const TAKEN_CLAIMS = new Set([
  'sub', 'iss', 'aud', 'exp', 'nbf', 'iat', 'jti', 'azp', 'scope', 'token_use', 'client_id', 'username', 'auth_time',
  'origin_jti', 'event_id', 'version', 'tenant_id', ...RESERVED_ATTRIBUTES,
]); // prettier-ignore

/** The attributes of a principal type that come from claims of the token. */
export function claimAttributes(api: Api, names: Names, type: Place): Record<string, PrincipalAttribute> {
  const { report } = api;
  const { readType } = valueTypes(api, names);
  const properties = entriesOf(type.get('properties'), report);
  const required = new Set(
    namesOf(type.get('required'), new Set(properties.map(({ key }) => key)), 'property of this type', report),
  );
  const claims = new Set<string>();
  return Object.fromEntries(
    properties.flatMap(({ key: name, keySite, value: place }) => {
      if (!checkAttributeName(name, keySite, RESERVED_ATTRIBUTES, report)) return [];
      expectKeys(
        place,
        ['description', 'type', 'format', 'items', 'enum', 'default', 'claim', 'log'],
        report,
      );
      const claim = textOf(place.get('claim'), report) ?? name;
      const claimSite = place.get('claim')?.site ?? keySite;
      if (TAKEN_CLAIMS.has(claim) || claim.startsWith('cognito:')) {
        const remedy = 'name a claim of your own with claim: …';
        report(claimSite, 'RESERVED_CLAIM', `claim "${claim}" has a meaning in every token`, remedy);
      } else if (claims.has(claim)) {
        report(
          claimSite,
          'BAD_VALUE',
          `claim "${claim}" is another attribute's`,
          'give each attribute its own',
        );
      }
      claims.add(claim);
      const written = readType(place);
      const type = written && claimType(written, place, report);
      if (!type) return [];
      const fallback = defaultOf(place, type, required.has(name), report);
      const log = flagOf(place.get('log'), report);
      const description = textOf(place.get('description'), report);
      const attribute: PrincipalAttribute = {
        type,
        required: required.has(name),
        from: { source: 'claim', claim },
        ...(fallback !== undefined && { default: fallback }),
        ...(log && { log }),
        ...(description !== undefined && { description: description.trim() }),
      };
      return [[name, attribute] as const];
    }),
  );
}

const SCALARS: readonly string[] = ['String', 'Long', 'Bool'];

/** A claim holds text, whole numbers, true or false, or a list of one of these. */
function claimType(type: PrincipalAttribute['type'], place: Place, report: Report) {
  const element = type.kind === 'Set' ? type.of : type;
  if (SCALARS.includes(element.kind)) return type;
  const remedy = 'use string, integer or boolean without such a format, or an array of them';
  return report(
    place.site,
    'UNSUPPORTED_TYPE',
    `a claim cannot hold a value of type ${element.kind}`,
    remedy,
  );
}

function defaultOf(place: Place, type: PrincipalAttribute['type'], required: boolean, report: Report) {
  const fallback = place.get('default');
  if (!fallback) return undefined;
  const { value } = fallback;
  if (!required) {
    const message = 'an optional attribute has no default: a subject without it has none';
    return report(fallback.site, 'BAD_VALUE', message, 'list the attribute as required, or drop the default');
  }
  if (type.kind === 'String' && typeof value === 'string') return value;
  if (type.kind === 'Bool' && typeof value === 'boolean') return value;
  if (type.kind === 'Long' && typeof value === 'number' && Number.isSafeInteger(value)) return value;
  const message = `the default is no value of type ${type.kind}`;
  return report(
    fallback.site,
    'BAD_VALUE',
    message,
    'give a value of the type; a list cannot have a default',
  );
}
