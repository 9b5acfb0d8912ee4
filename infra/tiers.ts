import type { Problem } from '../dsl/check/problem.ts';
import { DEFAULT_TIER } from '../dsl/tenants/service.ts';
import type { Tenant } from '../dsl/tenants/tenant.ts';
import { ANY_TIER, type Throttle } from './config-json.ts';
import type { Settings } from './config-keys.ts';

type Plans = Pick<Settings, 'usagePlans'>;
type Tiered = Pick<Tenant, 'service'>;

/** The usage plan that a tenant counts in. */
export const tierOf = ({ service }: Tiered): string => service?.tier ?? DEFAULT_TIER;

/** Every plan that there is to be, by name: those of the configuration, and those that tenants count in. */
export function plansOf({ usagePlans }: Plans, tenants: readonly Tiered[]): ReadonlyMap<string, Throttle> {
  const { [ANY_TIER]: anyOther, ...named } = usagePlans;
  const others = tenants
    .map(tierOf)
    .flatMap((tier): [string, Throttle][] => (anyOther && !named[tier] ? [[tier, anyOther]] : []));
  return new Map([...others, ...Object.entries(named)]);
}

/** Tenants that would count in no plan, and so could not call at all. */
export function tierProblems(
  { usagePlans }: Plans,
  tenants: readonly (Tiered & Pick<Tenant, 'file'>)[],
): Problem[] {
  const plans = plansOf({ usagePlans }, tenants);
  return tenants
    .filter((tenant) => !plans.has(tierOf(tenant)))
    .map((tenant) => ({
      code: 'CONFIG',
      message: `config key cedarwright:usagePlans has no plan "${tierOf(tenant)}", the tier of ${tenant.file}; there are: ${[...plans.keys()].join(', ')}`,
      remedy: `pulumi config set --path 'cedarwright:usagePlans.${tierOf(tenant)}.rate' 100 (and .burst), or take another tier`,
    }));
}
