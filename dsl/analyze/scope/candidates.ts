import type { EntityScope, EntityUid, Policy } from '../../../cedar/ast.ts';
import { canErr } from '../../../cedar/known.ts';
import { entityKey } from '../../../cedar/slice.ts';
import { applicable } from '../environments.ts';
import type { Question } from '../verdict.ts';
import type { Skeleton } from '../world/build.ts';
import type { Pool } from '../world/pool.ts';
import { ancestorsIn, type Draft, type World } from '../world/world.ts';
import { inScope } from './match.ts';

/** A smallest world in which the scopes allow what a question asks, and which policies must come out how in it. */
export interface Candidate {
  readonly skeleton: Skeleton;
  /** Whether these conditional policies have to match. Those that may do either are left out. */
  readonly wanted: ReadonlyMap<Policy, boolean>;
  /** Whether only scopes decide in it. */
  readonly exact: boolean;
}

/** More combinations than these are not looked at. */
const MOST_CHOICES = 20_000;

/**
 * All candidates of a question; none is a proof that the scopes alone rule it out. Scopes only ask what somebody is, or
 * is in, never what they are not: in a larger world more of them match. So for each choice of the policies that bring
 * the premises about, it is enough to look at the smallest world in which those match. Undefined: too many choices.
 */
export function candidatesOf(question: Question, pool: Pool): Candidate[] | undefined {
  const { schema, environment, premises } = question;
  const sides = premises.map(({ policies, decision }) => {
    const relevant = applicable(policies, environment, schema);
    return { decision, relevant, choices: choicesOf(relevant, decision) };
  });
  const combinations = sides.reduce((product, { choices }) => product * choices.length, 1);
  if (combinations > MOST_CHOICES) return undefined;
  const found = new Map<string, Candidate>();
  const walk = (index: number, chosen: readonly (Policy | undefined)[]): void => {
    const side = sides[index];
    if (side) {
      for (const choice of side.choices) walk(index + 1, [...chosen, choice]);
      return;
    }
    for (const skeleton of skeletonsOf(question, chosen, pool)) {
      const candidate = judged(question, sides, chosen, skeleton);
      if (candidate) found.set(keyOf(candidate), candidate);
    }
  };
  walk(0, []);
  return [...found.values()];
}

interface Side {
  readonly decision: 'allow' | 'deny';
  readonly relevant: readonly Policy[];
}

/** What can bring a decision about: a permit; of a deny that nothing permits, a forbid, or a policy that errs. */
function choicesOf(policies: readonly Policy[], decision: 'allow' | 'deny'): readonly (Policy | undefined)[] {
  if (decision === 'allow') return policies.filter(({ effect }) => effect === 'permit');
  const denying = policies.filter(
    ({ effect, clauses }) => effect === 'forbid' || clauses.some(({ body }) => canErr(body)),
  );
  return [undefined, ...denying];
}

/** The smallest worlds in which the scopes of all these match. More than one only where a type lists all its ids. */
function skeletonsOf(
  { schema, environment, principalIn }: Question,
  chosen: readonly (Policy | undefined)[],
  pool: Pool,
): Skeleton[] {
  const policies = chosen.filter((policy) => policy !== undefined);
  const principals = demandsOf(
    policies.map(({ principal }) => principal),
    environment.principal,
    schema,
  );
  const resources = demandsOf(
    policies.map(({ resource }) => resource),
    environment.resource,
    schema,
  );
  if (!principals || !resources) return [];
  const idsOf = (type: string, demands: Demands, otherwise: string): readonly EntityUid[] => {
    if (demands.is) return [demands.is];
    const ids = schema.entityTypes.get(type)?.ids ?? [unnamed(otherwise, pool)];
    return ids.map((id) => ({ type, id }));
  };
  const skeletons: Skeleton[] = [];
  for (const principal of idsOf(environment.principal, principals, SOMEBODY)) {
    for (const resource of idsOf(environment.resource, resources, SOMETHING)) {
      const of = (uid: EntityUid, above: readonly EntityUid[]) =>
        above.filter((each) => entityKey(each) !== entityKey(uid)).map((each) => [uid, each] as const);
      skeletons.push({
        principal,
        resource,
        parents: [
          ...of(principal, [...principals.in, ...(principalIn ?? [])]),
          ...of(resource, resources.in),
        ],
      });
    }
  }
  return skeletons;
}

const SOMEBODY = 'somebody';
const SOMETHING = 'something';

/** An id that no policy names: one that it does is asked about only where that is meant. */
function unnamed(id: string, { entities }: Pick<Pool, 'entities'>): string {
  return entities.some((entity) => entity.id === id) ? unnamed(`${id}-else`, { entities }) : id;
}

interface Demands {
  readonly is?: EntityUid;
  readonly in: readonly EntityUid[];
}

/** What scopes demand of one entity together; undefined when they contradict each other. */
function demandsOf(
  scopes: readonly EntityScope[],
  type: string,
  schema: Question['schema'],
): Demands | undefined {
  let is: EntityUid | undefined;
  const above: EntityUid[] = [];
  for (const scope of scopes) {
    if (!('entity' in scope) || 'slot' in scope.entity) continue;
    const { entity } = scope;
    const canBeBelow = schema.entityTypes.get(type)?.ancestors.has(entity.type) ?? false;
    if (scope.kind !== '==' && canBeBelow) above.push(entity);
    else if (entity.type !== type || (is && entityKey(is) !== entityKey(entity))) return undefined;
    else is = entity;
  }
  return { ...(is && { is }), in: above };
}

/** A world that cannot be, or in which policies without conditions contradict a premise, is no candidate. */
function judged(
  question: Question,
  sides: readonly Side[],
  chosen: readonly (Policy | undefined)[],
  skeleton: Skeleton,
): Candidate | undefined {
  const { environment, principalIn } = question;
  const world = { ...skeleton, entities: draftsOf(skeleton) };
  const { entities } = world;
  if ([...entities].some(([key, { uid }]) => ancestorsIn(entities, uid).has(key))) return undefined;
  if (principalIn) {
    const allowed = new Set([...principalIn, skeleton.principal].map(entityKey));
    const above = ancestorsIn(entities, skeleton.principal);
    if ([...above.keys()].some((key) => !allowed.has(key))) return undefined;
  }
  const wanted = new Map<Policy, boolean>();
  let exact = true;
  for (const [index, { decision, relevant }] of sides.entries()) {
    const matching = relevant.filter((policy) => inScope(policy, world, environment));
    const choice = chosen[index];
    const unwanted = decision === 'allow' ? 'forbid' : 'permit';
    for (const policy of matching) {
      const conditional = policy.clauses.length > 0;
      if (conditional) exact = false;
      if (policy === choice) {
        if (conditional) wanted.set(policy, true);
      } else if (policy.effect === unwanted && (decision === 'allow' || !choice)) {
        if (!conditional) return undefined;
        if (!wanted.has(policy)) wanted.set(policy, false);
      }
    }
  }
  return { skeleton, wanted, exact };
}

function draftsOf({ principal, resource, parents }: Skeleton): World['entities'] {
  const entities = new Map<string, Draft>();
  const need = (uid: EntityUid): Draft => {
    const known = entities.get(entityKey(uid));
    if (known) return known;
    const draft: Draft = { uid, attrs: {}, tags: {}, parents: new Map() };
    entities.set(entityKey(uid), draft);
    return draft;
  };
  need(principal);
  need(resource);
  for (const [of, parent] of parents) {
    need(of).parents.set(entityKey(parent), parent);
    need(parent);
  }
  return entities;
}

const keyOf = ({ skeleton, wanted }: Candidate): string =>
  JSON.stringify([skeleton, [...wanted].map(([{ id }, outcome]) => [id, outcome])]);
