import type { Model } from '../../cedar/model.ts';
import { cedarValue } from '../decide/cedar-value.ts';
import { addedToPrincipals } from '../identity/tenant-attributes.ts';
import type { RegistryRow } from '../tables/registry.ts';
import type { SubjectFacts } from './subject.ts';
import type { ClaimValue } from './claim-value.ts';

/** A subject's records do not fit the API's vocabulary, so that no token may be issued. Names no value. */
export class SubjectInvalid extends Error {
  override readonly name = 'SubjectInvalid';
}

/**
 * The claims of a subject's tokens: the tenant, and one for every attribute, the tenant's own included, that its
 * principal type reads from a claim. What the records do not say is the default or, where there is none, no claim at all: suppressed, because a
 * pool attribute of that name might be the user's own to write.
 * @throws SubjectInvalid for a value of another type than the attribute's, and for a required one that is missing
 */
export function claimsOf(
  row: RegistryRow,
  { attributes: facts, suspended }: SubjectFacts,
  model: Model,
): {
  readonly claimsToAddOrOverride: Readonly<Record<string, ClaimValue>>;
  readonly claimsToSuppress: readonly string[];
} {
  const added: Record<string, ClaimValue> = { tenant_id: row.slug };
  const suppressed: string[] = [];
  const attributes = { ...model.principalTypes[row.principalType]?.attributes, ...addedToPrincipals(row) };
  for (const [name, attribute] of Object.entries(attributes)) {
    if (attribute.from.source !== 'claim') continue;
    const { claim } = attribute.from;
    const value = name === 'suspended' ? suspended : (own(facts, name) ?? attribute.default);
    if (value !== undefined) {
      if (cedarValue(attribute.type, value, (type, id) => ({ type, id })) === undefined)
        throw new SubjectInvalid(`the subject's attribute ${name} is not a ${attribute.type.kind}`);
      added[claim] = value;
    } else if (attribute.required) {
      throw new SubjectInvalid(`the subject has no attribute ${name}, which is required`);
    } else {
      suppressed.push(claim);
    }
  }
  return { claimsToAddOrOverride: added, claimsToSuppress: suppressed };
}

const own = (facts: SubjectFacts['attributes'], name: string): ClaimValue | undefined =>
  Object.hasOwn(facts, name) ? facts[name] : undefined;
