import type { Site } from '../../cedar/ast.ts';
import type { GatewayFacts } from '../../cedar/gateway-facts.ts';
import type { Model } from '../../cedar/model.ts';
import type { TenantSchemas } from '../tenants/schemas.ts';
import type { TenantDefinition } from '../tenants/tenant.ts';
import { byClaimsProblems } from './by-claims.ts';
import type { Projected } from './gateway.ts';
import type { Problem } from './problem.ts';
import { withTokenProblems } from './with-token.ts';

export interface ModeArgs {
  readonly definition: TenantDefinition;
  /** What the gateway enforces of the tenant's policies and its guardrails. */
  readonly projected: readonly Projected[];
  readonly model: Model;
  readonly facts: GatewayFacts;
  readonly schemas: TenantSchemas;
  readonly at: Site;
}

/** What keeps a tenant's decision mode from answering as every other would. */
export function modeProblems(args: ModeArgs): Problem[] {
  const { decisionMode, identity, kind } = args.definition;
  if (kind === 'serviceClient' && decisionMode === 'verified-permissions-with-token')
    return [ofService(args)];
  switch (decisionMode) {
    case 'verified-permissions-with-token':
    case 'claims':
    case 'hybrid-claims':
      // Of a foreign issuer's claims only those count that the tenant's file lists; these modes would go by others.
      if (identity?.kind === 'issuer') return [foreign(args)];
      return decisionMode === 'verified-permissions-with-token'
        ? withTokenProblems(args)
        : byClaimsProblems(args);
    default:
      return [];
  }
}

const ofService = ({ definition: { decisionMode }, at }: ModeArgs): Problem => ({
  site: at,
  code: 'DECISION_MODE',
  message: `decisionMode '${decisionMode}' takes principals from tokens of people: a service's has neither user nor groups`,
  remedy: "take decisionMode 'verified-permissions', 'embedded' or 'hybrid'",
});

const foreign = ({ definition: { decisionMode }, at }: ModeArgs): Problem => ({
  site: at,
  code: 'DECISION_MODE',
  message: `decisionMode '${decisionMode}' goes by claims that only a user pool of the tenant's own is believed`,
  remedy: "take decisionMode 'verified-permissions', 'embedded' or 'hybrid'",
});
