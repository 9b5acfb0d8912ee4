import type { AuthorizationRequest } from '../../../cedar/engine.ts';
import { preparePolicies } from '../../../cedar/engine.ts';
import { printPolicy } from '../../../cedar/print.ts';
import { malformation } from '../diff/well-formed.ts';
import { smallest } from '../diff/smallest.ts';
import type { Environment } from '../environments.ts';
import { type Asking, seek } from '../everywhere.ts';
import { prepareCheck } from '../holds.ts';
import type { AnalyzedPolicy, PolicySet } from '../policy-set.ts';
import type { Certainty, Oracle, Semantics } from '../verdict.ts';
import { breach, type Claim, environmentsOf } from './claim.ts';

/** Whether a claim holds of a set of policies, and how sure that is. */
export interface Proof {
  readonly claim: string;
  /** How many kinds of request it speaks of. */
  readonly kinds: number;
  readonly certainty: Certainty;
  /** A request that is allowed and breaks it. */
  readonly counterexample?: Counterexample;
}

export interface Counterexample {
  readonly environment: Environment;
  readonly request: AuthorizationRequest;
  /** Which policies allow it. */
  readonly by: readonly AnalyzedPolicy[];
}

export interface Proving {
  readonly oracle: Oracle;
  readonly semantics: Semantics;
}

/** @throws Error when a counterexample does not reproduce with Cedar's engine: a mistake of ours */
export async function prove(claim: Claim, set: PolicySet, { oracle, semantics }: Proving): Promise<Proof> {
  const asking: Asking = { oracle, semantics, schema: set.schema };
  const environments = environmentsOf(set, claim);
  const premises = [
    { policies: set.policies.map(({ policy }) => policy), decision: 'allow' as const },
    { policies: [breach(claim)], decision: 'allow' as const },
  ];
  const sought = await seek(asking, environments, premises);
  const about = { claim: claim.text, kinds: environments.length };
  if (!sought.found) return { ...about, certainty: sought.certainty };
  const { environment } = sought;
  const breaks = prepareCheck(premises, semantics);
  const wrong = breaks(sought.request) ? malformation(sought.request, set.schema) : 'the claim holds of it';
  if (wrong !== undefined) throw new Error(`a counterexample does not reproduce: ${wrong}`);
  const request = smallest(sought.request, { schema: set.schema, environment }, breaks);
  const counterexample = { environment, request, by: allowing(set, request) };
  return { ...about, certainty: { kind: 'counterexample' }, counterexample };
}

function allowing({ name, policies }: PolicySet, request: AuthorizationRequest): AnalyzedPolicy[] {
  const texts = policies.map(({ id, policy }) => ({ id, text: printPolicy(policy, { prefix: '' }) }));
  const reasons = new Set(preparePolicies(`proof ${name}`, texts).authorize(request).reasons);
  return policies.filter(({ id }) => reasons.has(id));
}
