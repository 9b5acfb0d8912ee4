import type { Model } from '../../cedar/model.ts';
import type { GatewayDecider } from './decider.ts';

/**
 * Answers by what the token hook wrote into the token: no look at any policy, and so none at a change since then. Which
 * policies decided, nobody knows any more.
 */
export const byClaims = (model: Model): GatewayDecider => ({
  async decide({ action }, { permissions = [], sensitive }) {
    const key = model.actions[action.id]?.route?.key;
    // What must be decided afresh is in no token. A tenant that permits such an operation does not compile.
    const isGranted = key !== undefined && !sensitive && permissions.includes(key);
    return { decision: isGranted ? 'allow' : 'deny', determining: [], errors: [] };
  },
});
