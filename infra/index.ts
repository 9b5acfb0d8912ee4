/** What a stack consists of, in the order in which it is made. */
import * as pulumi from '@pulumi/pulumi';
import { currentAccount } from './account.ts';
import { announce } from './announce.ts';
import { Authorizer } from './authorizer.ts';
import { buildBundles } from './bundles.ts';
import { cacheableActions } from './caching.ts';
import { deployTenant, type SignInMeans } from './deploy-tenant.ts';
import { livesOutput } from './deployed.ts';
import { HttpGateway } from './http-gateway.ts';
import { readInput } from './input.ts';
import { watchForInterrupted } from './interrupted.ts';
import { machinePool } from './machine-pool.ts';
import { nameAll } from './nameless.ts';
import { PolicyGovernance } from './policy-governance.ts';
import type { Platform } from './pool-tenant.ts';
import { projectRoot, underEngine } from './project-root.ts';
import { RestGateway } from './rest-gateway.ts';
import { asDeployed, KEEP_CONTENTS } from './retiring.ts';
import { SecurityRole } from './security-role.ts';
import { stageRow } from './stage-row.ts';
import { TenantRegistry } from './tenant-registry.ts';
import { plansOf, tierOf } from './tiers.ts';
import { TokenHook } from './token-hook.ts';
import { UsagePlans } from './usage-plans.ts';
import { WebSocketGateway } from './websocket-gateway.ts';

// Another process does it meanwhile; whether it went well is asked where the archives are needed.
const bundling = buildBundles(projectRoot());
bundling.catch(() => undefined);
const input = await readInput();
await announce(input);
const { settings, gatewaySecret, federationOf, tenants, plan, model } = input;
const bundles = await bundling;

pulumi.runtime.registerStackTransformation(nameAll);
if (underEngine()) watchForInterrupted();

const account = currentAccount();
const { protect, securityRoleArn } = settings;
const security = new SecurityRole('security', {
  account,
  ...(securityRoleArn && { existingArn: securityRoleArn }),
});
const registry = new TenantRegistry('tenants', { security, protect });
const governance = new PolicyGovernance('governance', {
  settings,
  account,
  security,
  bundle: bundles['policy-sync'],
});
const authorizer = new Authorizer('authorizer', {
  settings,
  account,
  bundle: bundles.authorizer,
  registry,
  governance,
});

const hookArgs = {
  account,
  bundle: bundles['pre-token'],
  registry,
  syncState: governance.syncState.table,
};
const hook = new TokenHook('pre-token', hookArgs);
// Made only where a tenant's roles are in Postgres: it needs a network that other stacks do not have.
const databaseHook =
  settings.database && new TokenHook('pre-token-database', { ...hookArgs, database: settings.database });

const platform: Platform = { account, model, registry, governance, security, protect, registered: true };
const machines = machinePool(
  'machines',
  { active: tenants, retiring: plan.retiring },
  { account, model, registry, security, tokenHookArn: hook.arn, protect },
);
const plans = plansOf(settings, tenants);
const means: SignInMeans = {
  hook,
  databaseHook,
  federationOf,
  serviceTermsOf: ({ tier }) => ({ machines: machines!, rateLimit: plans.get(tier)?.rate ?? 0 }),
};
for (const tenant of tenants) deployTenant(means, tenant, platform);
const retiring = plan.retiring.map((tenant) =>
  deployTenant(means, asDeployed(tenant), { ...platform, protect: false, registered: false }, KEEP_CONTENTS),
);

const policies = tenants.flatMap((tenant) => tenant.policies.map(({ policy }) => policy));
const gatewayArgs = {
  settings,
  gatewaySecret,
  model,
  cacheable: cacheableActions(model, policies),
  authorizer,
};
const rest = settings.gateways.includes('rest') ? new RestGateway('gateway', gatewayArgs) : undefined;
if (rest) {
  const { apiId, stageName } = rest;
  const tiers = new Map(tenants.map((tenant) => [tenant.slug, tierOf(tenant)]));
  new UsagePlans('usage', { plans, apiId, stageName, tiers });
}

const http = settings.gateways.includes('http') ? new HttpGateway('http-gateway', gatewayArgs) : undefined;
const webSocket = settings.gateways.includes('websocket')
  ? new WebSocketGateway('websocket-gateway', gatewayArgs)
  : undefined;
for (const [protocol, gateway] of [
  ['rest', rest],
  ['http', http],
  ['websocket', webSocket],
] as const) {
  if (gateway) stageRow(`${protocol}-stage-row`, { protocol, gateway, settings, registry, security });
}

/**
 * Where each gateway is, and where services get their tokens; `connections` is for the backend's environment:
 * `WEBSOCKET_CONNECTIONS_URL`. In one output, because the SDK warns of each that is undefined.
 */
export const gateways = {
  ...(rest && { rest: rest.url }),
  ...(http && { http: http.url }),
  ...(webSocket && { webSocket: webSocket.url, connections: webSocket.connectionsUrl }),
  ...(machines && { tokens: machines.tokenUrl }),
};
/** Where every tenant stands: `active`, `retiring` or `retired`. */
export const tenantStates = Object.fromEntries(
  Object.entries(plan.after).map(([slug, { state }]) => [slug, state]),
);
/** What the next deployment must know of this one; see deployed.ts. */
export const deployed = livesOutput(
  plan.after,
  retiring.map(({ settled }) => settled),
);
