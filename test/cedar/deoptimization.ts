import type { AuthorizationRequest } from '../../cedar/request.ts';
import { type Cedar, withEngine } from '../../cedar/wasm.ts';

/**
 * Decides until the compiler optimizes the code that asks, then makes it invalid while the engine is being asked.
 * A process of its own runs this, because V8 ends it if that goes wrong.
 */

class Counter {
  count(): number {
    return 1;
  }
}
const counter = new Counter();
let armed = false;

const request: AuthorizationRequest = {
  principal: { type: 'Lib::Member', id: 'a' },
  action: { type: 'Lib::Action', id: 'a' },
  resource: { type: 'Lib::Doc', id: 'd' },
  entities: [],
  context: {
    // The engine reads it in the middle of its call.
    get level(): number {
      if (armed) Counter.prototype.count = () => 2;
      return 1;
    },
  },
};
const call = { ...request, preparsedPolicySetId: 'hot' };

const decide = (cedar: Cedar): number => cedar.statefulIsAuthorized(call).type.length + counter.count();

withEngine((cedar) => {
  cedar.preparsePolicySet('hot', { staticPolicies: 'permit(principal, action, resource);' });
  for (let i = 0; i < 10_000; i += 1) decide(cedar);
  armed = true;
  decide(cedar);
});
