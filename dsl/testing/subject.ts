import {
  type AuthorizationRequest,
  type AuthorizationResult,
  enforced,
  preparePolicies,
  preparePolicySet,
  RequestRefused,
} from '../../cedar/engine.ts';
import { actionType } from '../../cedar/closure.ts';
import { prober, type Trial } from './probes.ts';
import { RequestMistake } from './request/mistake.ts';
import { type Given, requestOf } from './request/request.ts';
import type { World } from './request/world.ts';
import { type Rule, rulesOf } from './rules.ts';

/** One request and everything that the policies made of it. */
export interface Examination {
  readonly request: AuthorizationRequest;
  /** Cedar's own answer. */
  readonly result: AuthorizationResult;
  /** The answer that holds: an error denies. */
  readonly decision: 'allow' | 'deny';
  readonly trials: readonly Trial[];
}

/** A tenant whose policies are under test. */
export interface Subject {
  readonly world: World;
  readonly rules: readonly Rule[];
  /** @throws RequestMistake for a request that cannot be */
  readonly examine: (given: Given) => Examination;
}

/** `project`: tells apart what the engine keeps of several projects. */
export function subjectOf(project: string, world: World): Subject {
  const { tenant, phase } = world;
  const name = `policy tests ${JSON.stringify([project, tenant.slug, phase])}`;
  const rules = rulesOf(world);
  const policies = preparePolicies(name, rules);
  const probe = prober(`${name} parts`, rules, tenant.slug);
  const check = conformity(world);
  return {
    world,
    rules,
    examine(given) {
      const request = requestOf(world, given);
      check(request);
      const result = policies.authorize(request);
      return { request, result, decision: enforced(result), trials: probe(request) };
    },
  };
}

/**
 * Lets the engine itself hold a request against the tenant's schema: texts of addresses and dates, and whatever else a
 * request may get wrong, must not end in a quiet deny.
 */
function conformity({ model, tenant, phase }: World): (request: AuthorizationRequest) => void {
  const { cedarJson } = phase === 'backend' ? tenant.schema : tenant.gatewaySchema;
  const schema: object = JSON.parse(cedarJson);
  const nothing = { staticPolicies: {}, templates: {}, templateLinks: [] };
  const set = preparePolicySet(nothing, schema);
  return (request) => {
    // The schema knows the actions, and takes no other word for them.
    const entities = request.entities.filter(({ uid }) => uid.type !== actionType(model));
    try {
      set.authorize({ ...request, entities });
    } catch (error) {
      if (!(error instanceof RequestRefused)) throw error;
      throw new RequestMistake(
        'TEST_REQUEST',
        `no such request can be: ${error.message}`,
        'correct the value',
      );
    }
  };
}
