import type { Json } from '../aws/input.ts';
import { readEntity } from './cedar-value.ts';
import { invalid } from './errors.ts';
import { readChoice, readOptionalObject } from './fields.ts';
import type { EntityIdentifier } from './policy-scope.ts';
import type { StoredPolicy } from './store.ts';
import { refuseInput } from './unsupported.ts';

/** `unspecified`: policies whose scope names nobody there. */
type Wanted = EntityIdentifier | 'unspecified' | undefined;

export interface PolicyFilter {
  readonly principal: Wanted;
  readonly resource: Wanted;
  readonly policyType: 'STATIC' | 'TEMPLATE_LINKED' | undefined;
}

/** @throws AwsError ValidationException */
export function readFilter(filter: Json = {}): PolicyFilter {
  refuseInput(filter, 'policyTemplateId');
  return {
    principal: readWanted(filter, 'principal'),
    resource: readWanted(filter, 'resource'),
    policyType: readChoice(filter, 'policyType', ['STATIC', 'TEMPLATE_LINKED'], 'filter.'),
  };
}

function readWanted(filter: Json, name: 'principal' | 'resource'): Wanted {
  const path = `filter.${name}`;
  const reference = readOptionalObject(filter, name, 'filter.');
  if (!reference) return undefined;
  if (reference['unspecified'] === true) return 'unspecified';
  const identifier = readOptionalObject(reference, 'identifier', `${path}.`);
  if (!identifier) throw invalid(path, `${path} must name an entity or be unspecified`);
  const { type, id } = readEntity(identifier, `${path}.identifier`);
  return { entityType: type, entityId: id };
}

export const matchesFilter = (filter: PolicyFilter, { scope }: StoredPolicy): boolean =>
  filter.policyType !== 'TEMPLATE_LINKED' &&
  matches(filter.principal, scope.principal) &&
  matches(filter.resource, scope.resource);

function matches(wanted: Wanted, actual: EntityIdentifier | undefined): boolean {
  if (wanted === undefined) return true;
  if (wanted === 'unspecified') return actual === undefined;
  return wanted.entityType === actual?.entityType && wanted.entityId === actual.entityId;
}
