import type { Problem } from '../dsl/check/problem.ts';
import { DEFAULT_TIER } from '../dsl/tenants/service.ts';
import type { Tenant } from '../dsl/tenants/tenant.ts';
import { ANY_TIER, type Throttle } from './config-json.ts';
import type { Settings } from './config-keys.ts';

type Plans = Pick<Settings, 'usagePlans'>;
type Fronts = Pick<Settings, 'gateways'>;
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

/**
 * Tenants that would count in no plan, and so could not call at all; and those whose tier promises a rate that nothing
 * would keep: only REST APIs have usage plans (API Gateway Developer Guide, "Choose between REST APIs and HTTP APIs").
 */
export function tierProblems(
  { usagePlans, gateways }: Plans & Fronts,
  tenants: readonly (Tiered & Pick<Tenant, 'file'>)[],
): Problem[] {
  const plans = plansOf({ usagePlans }, tenants);
  if (!gateways.includes('rest'))
    return tenants
      .filter((tenant) => tierOf(tenant) !== DEFAULT_TIER)
      .map((tenant) => ({
        code: 'CONFIG',
        message: `${tenant.file} is of the tier "${tierOf(tenant)}", and config key cedarwright:gateways names no gateway that has tiers: HTTP and WebSocket APIs throttle routes, not clients`,
        remedy:
          'add "rest" to cedarwright:gateways, or leave the tier out: cedarwright:routeThrottle then bounds everybody together',
      }));
  return tenants
    .filter((tenant) => !plans.has(tierOf(tenant)))
    .map((tenant) => ({
      code: 'CONFIG',
      message: `config key cedarwright:usagePlans has no plan "${tierOf(tenant)}", the tier of ${tenant.file}; there are: ${[...plans.keys()].join(', ')}`,
      remedy: `pulumi config set --path 'cedarwright:usagePlans.${tierOf(tenant)}.rate' 100 (and .burst), or take another tier`,
    }));
}

/** Where rates of tiers do not hold, beside a REST API where they do. Undefined where there is no such gateway. */
export function tierWarning(
  { gateways }: Fronts,
  tenants: readonly (Tiered & Pick<Tenant, 'slug'>)[],
): string | undefined {
  const others = gateways.filter((gateway) => gateway !== 'rest').map((gateway) => NAMES[gateway]);
  const tiered = tenants.filter((tenant) => tierOf(tenant) !== DEFAULT_TIER);
  if (others.length === 0 || tiered.length === 0) return undefined;
  const services = tiered.map((tenant) => `${tenant.slug} (${tierOf(tenant)})`).join(', ');
  return `The ${others.join(' and the ')} API of this stack bounds nobody by tier: ${services} may call it above the rate of the tier, as far as cedarwright:routeThrottle lets everybody together.`;
}

const NAMES = { rest: 'REST', http: 'HTTP', websocket: 'WebSocket' } as const;
