import { type AuthorizationRequest, preparePolicies, type PreparedPolicies } from '../../../cedar/engine.ts';
import { entityKey } from '../../../cedar/slice.ts';
import { environmentKey, type Environment } from '../environments.ts';
import { decidingText, decisionOf } from '../holds.ts';
import { alone } from '../lint/subject.ts';
import type { AnalyzedPolicy, PolicySet } from '../policy-set.ts';
import type { Semantics } from '../verdict.ts';
import { requestFor } from './own-facts.ts';
import type { Part, Responsible, Told } from './row.ts';

/** What a version says of a request. */
export interface Ruling {
  readonly decision: 'allow' | 'deny';
  /** Ids of the policies that decided, and of those that erred. */
  readonly deciding: readonly string[];
  readonly erring: readonly string[];
}

/** One version of a set, before Cedar's engine. */
export interface Bench {
  /** Whether it knows such requests. */
  readonly knows: boolean;
  readonly rule: (request: AuthorizationRequest) => Ruling;
  /** What a policy makes of a request, asked alone. */
  readonly partOf: (id: string, request: AuthorizationRequest) => Part;
  readonly policy: (id: string) => AnalyzedPolicy | undefined;
}

/** What a version that is not there, or does not know such requests, says of them. */
const NOBODY: Ruling = { decision: 'deny', deciding: [], erring: [] };

/** Puts all policies of a version before the engine, for one kind of request; it sees the facts of its own schema. */
export function benchOf(set: PolicySet | undefined, environment: Environment, semantics: Semantics): Bench {
  const policies = new Map((set?.policies ?? []).map((policy) => [policy.id, policy]));
  const own = set?.environments.find((each) => environmentKey(each) === environmentKey(environment));
  const prepared = set && own ? preparedFor(set) : undefined;
  return {
    knows: own !== undefined,
    policy: (id) => policies.get(id),
    rule(request) {
      if (!set || !own || !prepared) return NOBODY;
      const result = prepared.authorize(requestFor(request, own, set.schema));
      const decision = decisionOf(result, semantics);
      return {
        decision,
        deciding: decision === result.decision ? result.reasons : [],
        erring: result.errors.map(({ id }) => id),
      };
    },
    partOf(id, request) {
      const policy = policies.get(id);
      if (!set || !own || !policy) return 'is not there';
      const text = decidingText(alone(policy.policy));
      const single = preparePolicies('diff one policy', [{ id, text }]);
      const { decision, errors } = single.authorize(requestFor(request, own, set.schema));
      if (errors.length > 0) return 'errs';
      return decision === 'allow' ? 'applies' : 'does not apply';
    },
  };
}

/** The engine is given each set once, under a name of its own. */
const benches = new WeakMap<PolicySet, PreparedPolicies>();
let made = 0;

function preparedFor(set: PolicySet): PreparedPolicies {
  const known = benches.get(set);
  if (known) return known;
  const texts = set.policies.map(({ id, policy }) => ({ id, text: decidingText(policy) }));
  const prepared = preparePolicies(`diff ${(made += 1)}`, texts);
  benches.set(set, prepared);
  return prepared;
}

/** How both versions decide a request, and which of their policies are answerable for the difference. */
export function tell(
  request: AuthorizationRequest,
  before: Bench,
  after: Bench,
): { readonly before: Told; readonly after: Told } {
  const [old, fresh] = [before.rule(request), after.rule(request)];
  return {
    before: told(request, before, old, after, fresh),
    after: told(request, after, fresh, before, old),
  };
}

function told(
  request: AuthorizationRequest,
  bench: Bench,
  { decision, deciding, erring }: Ruling,
  other: Bench,
  others: Ruling,
): Told {
  if (!bench.knows) return { decision, knows: false, policies: [] };
  const known = (id: string, part: Part): Responsible[] => {
    const policy = bench.policy(id) ?? other.policy(id);
    return policy ? [{ id, effect: policy.policy.effect, site: policy.site, part }] : [];
  };
  const own = new Set([...deciding, ...erring]);
  const counterparts = [...new Set([...others.deciding, ...others.erring])]
    .filter((id) => !own.has(id))
    .flatMap((id) => {
      const part = bench.partOf(id, request);
      // It does the same here; something else makes the difference.
      return part === 'applies' && isSame(id, bench, other) ? [] : known(id, part);
    });
  return {
    decision,
    knows: true,
    policies: [
      ...deciding.flatMap((id) => known(id, 'decides')),
      ...erring.flatMap((id) => known(id, 'errs')),
      ...counterparts,
    ],
  };
}

function isSame(id: string, bench: Bench, other: Bench): boolean {
  const [here, there] = [bench.policy(id), other.policy(id)];
  return (
    here !== undefined && there !== undefined && decidingText(here.policy) === decidingText(there.policy)
  );
}

/** Names a request's kind in messages. */
export const kindOf = ({ principal, action, resource }: Environment): string =>
  `${principal}, ${entityKey(action.uid)}, ${resource}`;
