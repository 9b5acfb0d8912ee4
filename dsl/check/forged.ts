import type { EntityLiteral, Policy, Site, Slot } from '../../cedar/ast.ts';
import { GROUP_TYPE, type Model } from '../../cedar/model.ts';
import { contains } from '../../cedar/walk.ts';
import type { Problem } from './problem.ts';

const ID = /^[a-z0-9][a-z0-9-]{0,99}$/;
const GUARDRAIL = 'guardrail-';
const LIVE = 'live-';
const RELEASE = 'release';

/**
 * What builders never make, though it is a policy: an id that is not allowed, an open slot, a principal or group
 * without the tenant's prefix. A file that goes around the builders can hand it back, so builders are not relied on.
 */
export function forgedPolicies(
  policies: readonly Policy[],
  options: { readonly guardrail: boolean; readonly model: Model; readonly at: Site },
): Problem[] {
  const { guardrail, model, at } = options;
  const owned = new Set(
    [GROUP_TYPE, ...Object.keys(model.principalTypes)].map((type) => `${model.namespace}::${type}`),
  );
  const isAllowedId = (id: string): boolean =>
    ID.test(id) &&
    (guardrail
      ? id.startsWith(GUARDRAIL)
      : ![GUARDRAIL, LIVE].some((prefix) => id.startsWith(prefix)) && id !== RELEASE);
  const isForged = (entity: EntityLiteral | Slot): boolean =>
    'slot' in entity || owned.has(entity.type) !== (entity.owned ?? false);
  return policies
    .filter(
      (policy) =>
        !isAllowedId(policy.id) ||
        scopeEntities(policy).some(isForged) ||
        policy.clauses.some(({ body }) =>
          contains(body, (part) => part.kind === 'slot' || (part.kind === 'entity' && isForged(part.entity))),
        ),
    )
    .map((policy) => ({
      site: policy.at ?? at,
      code: 'FORGED_POLICY',
      message: 'no builder makes such a policy',
      remedy: 'make policies with permit(), forbid() and link() only',
    }));
}

const scopeEntities = ({ principal, resource }: Policy): (EntityLiteral | Slot)[] =>
  [principal, resource].flatMap((scope) => ('entity' in scope ? [scope.entity] : []));
