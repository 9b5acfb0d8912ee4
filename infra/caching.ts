import { actionAncestors } from '../cedar/closure.ts';
import type { Policy } from '../cedar/ast.ts';
import type { Action, Model } from '../cedar/model.ts';
import { readsContext } from '../cedar/reads.ts';

/**
 * The operations whose decision a gateway may reuse: those whose decision reads nothing outside the cache key (token,
 * method and path). An operation is left out when it is `sensitive`, or when any policy that can apply to it reads
 * context, because all context comes from headers, query, source address or time. Also when it declares a header or a
 * query parameter that no policy reads: one that is missing, repeated or malformed is refused all the same.
 */
export function cacheableActions(model: Model, policies: readonly Policy[]): ReadonlySet<string> {
  const reading = policies.filter(readsContext);
  const isCacheable = ([name, action]: [string, Action]): boolean =>
    action.route?.sensitive === false &&
    !declaresInputs(action) &&
    !reading.some((policy) => canApply(policy, name, model));
  return new Set(
    Object.entries(model.actions)
      .filter(isCacheable)
      .map(([name]) => name),
  );
}

const declaresInputs = ({ context }: Action): boolean =>
  Object.values(context).some(({ from }) => from.source === 'header' || from.source === 'query');

function canApply({ action }: Policy, name: string, model: Model): boolean {
  if (action.kind === 'any') return true;
  const named = action.kind === '==' ? [action.action.id] : action.actions.map(({ id }) => id);
  const self = [name, ...actionAncestors(model, name)];
  return named.some((id) => self.includes(id));
}
