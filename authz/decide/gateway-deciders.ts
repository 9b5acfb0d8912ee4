import type { Model } from '../../cedar/model.ts';
import type { DecisionMode } from '../tables/registry.ts';
import { byClaims } from './claims.ts';
import type { Decider, GatewayDecider } from './decider.ts';
import { hybrid } from './hybrid.ts';

/** By which decider each mode is answered at the gateway. */
export function gatewayDeciders(
  model: Model,
  {
    embedded,
    stored,
    withToken,
  }: { readonly embedded: Decider; readonly stored: Decider; readonly withToken: GatewayDecider },
): Readonly<Record<DecisionMode, GatewayDecider>> {
  const claims = byClaims(model);
  return {
    'verified-permissions': stored,
    'verified-permissions-with-token': withToken,
    embedded,
    claims,
    hybrid: hybrid(embedded, stored),
    'hybrid-claims': hybrid(claims, stored),
  };
}
