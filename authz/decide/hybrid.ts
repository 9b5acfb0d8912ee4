import type { GatewayDecider } from './decider.ts';

/** Asks one decider, but of sensitive operations always another. */
export const hybrid = (usual: GatewayDecider, sensitive: GatewayDecider): GatewayDecider => ({
  decide: (question, caller) => (caller.sensitive ? sensitive : usual).decide(question, caller),
});
