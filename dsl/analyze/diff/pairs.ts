import type { Policy } from '../../../cedar/ast.ts';
import { entityKey } from '../../../cedar/slice.ts';
import { contains } from '../../../cedar/walk.ts';
import { applicable, type Environment, environmentKey } from '../environments.ts';
import { decidingText } from '../holds.ts';
import type { PolicySet } from '../policy-set.ts';
import type { Schema } from '../schema.ts';
import { doubtOf } from './doubt.ts';
import { type Joint, sameGroups } from './joint.ts';

/** One kind of request, and what decides it in two versions. */
export interface Pair {
  readonly environment: Environment;
  /** Of the requests that both are asked about. */
  readonly schema: Schema;
  /** The policies that can apply; none where the version does not know such requests, which it denies. */
  readonly before: readonly Policy[];
  readonly after: readonly Policy[];
  /** Why an answer "none" would say too much. */
  readonly doubt?: string;
}

/** All kinds of request that either version knows, sorted. `joint`: of their schemas, where they differ. */
export function pairsOf(
  before: PolicySet | undefined,
  after: PolicySet | undefined,
  joint: Joint | undefined,
): Pair[] {
  const shared = new Map<string, Policy>();
  const [old, fresh] = [versionOf(before, shared, 'before'), versionOf(after, shared, 'after')];
  const keys = [...new Set([...old.environments.keys(), ...fresh.environments.keys()])].sort();
  return keys.map((key): Pair => {
    const [was, is] = [old.environments.get(key), fresh.environments.get(key)];
    const known = (is ?? was)!;
    const schema = joint?.schema ?? (after ?? before)!.schema;
    const isRegrouped = was !== undefined && is !== undefined && !sameGroups(was.action, is.action);
    const regrouped = new Map<Policy, Policy>();
    const decides = (version: Version, environment: Environment | undefined): readonly Policy[] =>
      environment ? decidingIn(version, environment, isRegrouped ? regrouped : undefined) : [];
    const pair = {
      environment: joint ? jointEnvironment(known, joint) : known,
      schema,
      before: decides(old, was),
      after: decides(fresh, is),
    };
    const doubt =
      (joint && was && is && doubtOf(joint.differences, pair.before, pair.after)) ??
      (isRegrouped ? regroupedDoubt([...pair.before, ...pair.after]) : undefined);
    return { ...pair, ...(doubt !== undefined && { doubt }) };
  });
}

interface Version {
  readonly schema: Schema | undefined;
  readonly policies: readonly Policy[];
  readonly environments: ReadonlyMap<string, Environment>;
}

/**
 * Policies that decide alike in both versions are one object, so that whoever answers sees that they are the same; of
 * the others, two with one id must not be taken for each other.
 */
function versionOf(set: PolicySet | undefined, shared: Map<string, Policy>, side: string): Version {
  const policies = (set?.policies ?? []).map(({ policy }) => {
    const text = decidingText(policy);
    const one = shared.get(text) ?? { ...policy, id: `${policy.id} ${side}` };
    shared.set(text, one);
    return one;
  });
  return {
    schema: set?.schema,
    policies,
    environments: new Map((set?.environments ?? []).map((each) => [environmentKey(each), each])),
  };
}

/**
 * Each version by its own groups of actions: where they are not the same, the scope says what they come to.
 * @param regrouped then: what became of policies, for both versions
 */
function decidingIn(
  { policies, schema }: Version,
  environment: Environment,
  regrouped: Map<Policy, Policy> | undefined,
): readonly Policy[] {
  if (!schema) return [];
  const found = applicable(policies, environment, schema);
  if (!regrouped) return found;
  const action = { kind: '==', action: environment.action.uid } as const;
  return found.map((policy) => {
    const known = regrouped.get(policy) ?? { ...policy, action };
    regrouped.set(policy, known);
    return known;
  });
}

const jointEnvironment = (environment: Environment, { schema }: Joint): Environment => ({
  ...environment,
  action: schema.actions.get(entityKey(environment.action.uid)) ?? environment.action,
});

function regroupedDoubt(policies: readonly Policy[]): string | undefined {
  const asks = policies.some(({ clauses }) =>
    clauses.some(({ body }) => contains(body, (expr) => expr.kind === 'variable' && expr.name === 'action')),
  );
  return asks ? 'the action is in other groups, and a condition asks for the action' : undefined;
}
