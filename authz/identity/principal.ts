import type { EntityUid } from '../../cedar/ast.ts';
import { GROUP_TYPE, type Model } from '../../cedar/model.ts';
import type { Refer } from '../decide/cedar-value.ts';

/**
 * Ids of principals and groups carry their tenant's slug: `acme|PAYEE_MGMT`. A slug has no `|`, so that no name of one
 * tenant can be read as another's.
 */
export const ownedId = (slug: string, name: string): string => `${slug}|${name}`;

/** Refers to entities by qualified type; principals and groups are always the tenant's own. */
export const referAs =
  ({ namespace, principalTypes }: Model, slug: string): Refer =>
  (type, id): EntityUid => ({
    type: `${namespace}::${type}`,
    id: type === GROUP_TYPE || Object.hasOwn(principalTypes, type) ? ownedId(slug, id) : id,
  });
