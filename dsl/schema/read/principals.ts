import { type PrincipalAttribute, type PrincipalType, RESERVED_ATTRIBUTES } from '../../../cedar/model.ts';
import type { TenantKind } from '../../tenants/tenant.ts';
import type { Place } from '../document/place.ts';
import type { Api, Names } from './api.ts';
import { claimAttributes } from './claims.ts';
import { entriesOf, expectKeys, namesOf, textOf } from './fields.ts';
import { tagsOf } from './tags.ts';

/** The kinds of tenant, as documents name them. */
export const TENANT_KINDS = [
  'customerApp', 'workforceApp', 'serviceClient', 'saasTenant',
] as const satisfies TenantKind[]; // prettier-ignore
const KINDS = new Set<string>(TENANT_KINDS);

/** Set by the pipeline alone, on every principal type. `suspended` is in the token since the hook looked it up. */
const RESERVED: Readonly<Record<(typeof RESERVED_ATTRIBUTES)[number], PrincipalAttribute>> = {
  tenant: { type: { kind: 'String' }, required: true, from: { source: 'tenant' } },
  kind: { type: { kind: 'String' }, required: true, from: { source: 'kind' } },
  suspended: {
    type: { kind: 'Bool' },
    required: true,
    from: { source: 'claim', claim: 'suspended' },
    default: false,
  },
};

/** The principal types that the document declares at its top. */
export function principalTypes(api: Api, names: Names, top: Place): Record<string, PrincipalType> {
  const { report } = api;
  const section = top.get('principals');
  if ((section?.entries() ?? []).length === 0) {
    report(
      section?.site ?? top.site,
      'BAD_VALUE',
      'x-authz has no principal types',
      'declare who calls this API',
    );
  }
  const typeOfKind = new Map<string, string>();
  return Object.fromEntries(
    entriesOf(section, report).map(({ key: name, keySite, value: place }) => {
      expectKeys(place, ['description', 'kinds', 'required', 'properties', 'tags'], report);
      const tags = tagsOf(api, names, place.get('tags'));
      const kinds = namesOf(place.get('kinds'), KINDS, 'kind of tenant', report);
      if ((place.get('kinds')?.items() ?? []).length === 0) {
        report(keySite, 'BAD_VALUE', `no kind of tenant has principals of type "${name}"`, suggestKinds);
      }
      for (const item of place.get('kinds')?.items() ?? []) {
        const kind = String(item.value);
        const other = typeOfKind.get(kind);
        if (other !== undefined && other !== name) {
          const message = `principals of ${kind} are of type "${other}" already`;
          report(item.site, 'TYPE_CLASH', message, 'give each kind one principal type');
        }
        typeOfKind.set(kind, name);
      }
      const description = textOf(place.get('description'), report);
      const attributes = { ...RESERVED, ...claimAttributes(api, names, place) };
      return [
        name,
        { kinds, attributes, ...(tags && { tags }), ...(description !== undefined && { description }) },
      ];
    }),
  );
}

const suggestKinds = `add kinds, some of ${[...KINDS].join(', ')}`;
