import type { ActionScope } from '../../cedar/ast.ts';
import { actionAncestors } from '../../cedar/closure.ts';
import type { Model } from '../../cedar/model.ts';
import { PolicyError } from '../../cedar/policy-error.ts';
import { printPolicy } from '../../cedar/print.ts';
import { readsContext } from '../../cedar/reads.ts';
import { readPolicy } from './read-policy.ts';

/** `any` lets a team manage permits at run time too. */
export type LivePolicies = 'forbid' | 'any';

export interface LiveRules {
  readonly allowed: LivePolicies;
  readonly model: Model;
}

const ID = /^[a-z0-9][a-z0-9-]{0,99}$/;
const PREFIX = 'live-';

/** What a live item's policy is called everywhere: no policy of a release can have such an id. */
export const liveId = (id: string): string => `${PREFIX}${id}`;
export const isLiveId = (id: string): boolean => id.startsWith(PREFIX);

/**
 * Checks what only live policies must keep to.
 * @param id without its prefix
 * @returns the text to enforce: printed anew, because somebody's own text may nest deeper than the engine survives
 * @throws {PolicyError}
 */
export function checkLive(id: string, statement: unknown, rules: LiveRules): string {
  if (!ID.test(id)) {
    throw refusal('LIVE_ID_INVALID', 'the id has other characters', 'use a-z, 0-9 and -, at most 100');
  }
  if (typeof statement !== 'string') {
    throw refusal(
      'LIVE_STATEMENT_MISSING',
      'the item has no statement',
      'put the Cedar text into `statement`',
    );
  }
  const policy = readPolicy(liveId(id), statement);
  if (policy.effect === 'permit' && rules.allowed !== 'any') {
    throw refusal(
      'LIVE_PERMIT',
      'a live policy may only forbid here',
      'write a forbid, or set livePolicies to any in the config of the stack',
    );
  }
  if (readsContext(policy) && !isNeverCached(policy.action, rules.model)) {
    throw refusal(
      'LIVE_READS_CONTEXT',
      'it reads the context, which is in no key of the gateway cache: an answer would outlive what it was made from',
      'leave the context out, name only sensitive operations, or put the policy into a release',
    );
  }
  return printPolicy(policy, { prefix: '' });
}

/** Whether the gateway asks afresh for every action in the scope. Which other operations it does not cache, a release says. */
function isNeverCached(scope: ActionScope, model: Model): boolean {
  return Object.entries(model.actions).every(
    ([name, { route }]) => route === undefined || route.sensitive || !isIn(name, scope, model),
  );
}

function isIn(action: string, scope: ActionScope, model: Model): boolean {
  if (scope.kind === 'any') return true;
  if (scope.kind === '==') return scope.action.id === action;
  const names = [action, ...actionAncestors(model, action)];
  return scope.actions.some(({ id }) => names.includes(id));
}

const refusal = (code: string, message: string, remedy: string): PolicyError =>
  new PolicyError({ code, message, remedy });
