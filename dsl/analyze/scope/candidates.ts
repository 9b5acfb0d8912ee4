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

export interface Candidates {
  readonly found: readonly Candidate[];
  /** Whether these are all there are. If so, none is a proof that the scopes alone rule the question out. */
  readonly complete: boolean;
}

/** More combinations than these are not looked at, and more worlds are not made. */
const MOST_CHOICES = 100_000;
const MOST_WORLDS = 2_000;

/**
 * The candidates of a question. Scopes only ask what somebody is, or is in, never what they are not: in a larger world
 * more of them match. So for each choice of the policies that bring the premises about, it is enough to look at the
 * smallest worlds in which those match.
 */
export function candidatesOf(question: Question, pool: Pool): Candidates {
  const { schema, environment, premises } = question;
  const sides = premises.map(({ policies, decision }): Side => {
    const relevant = applicable(policies, environment, schema);
    return { decision, relevant, has: new Set(relevant), choices: choicesOf(relevant, decision) };
  });
  const found = new Map<string, Candidate>();
  let choices = 0;
  let worlds = 0;
  for (const chosen of combinations(sides)) {
    choices += 1;
    if (choices > MOST_CHOICES || worlds > MOST_WORLDS)
      return { found: [...found.values()], complete: false };
    if (contradict(chosen, sides)) continue;
    for (const skeleton of skeletonsOf(question, chosen, pool)) {
      worlds += 1;
      const candidate = judged(question, sides, chosen, skeleton);
      if (candidate) found.set(keyOf(candidate), candidate);
    }
  }
  return { found: [...found.values()], complete: true };
}

/** A policy for each premise that brings it about, or none. */
type Chosen = readonly (Policy | undefined)[];

function* combinations(sides: readonly Side[], chosen: Chosen = []): Generator<Chosen> {
  const side = sides[chosen.length];
  if (!side) yield chosen;
  for (const choice of side?.choices ?? []) yield* combinations(sides, [...chosen, choice]);
}

/**
 * Whether a policy that one premise goes by is what another one must do without: an allow without its forbids and without
 * errors, a deny for want of permits without its permits.
 */
const contradict = (chosen: Chosen, sides: readonly Side[]): boolean =>
  chosen.some((choice, index) => {
    const from = sides[index];
    if (!choice || !from) return false;
    return sides.some(({ decision, has }, other) => {
      if (other === index || !has.has(choice)) return false;
      return from.decision === 'deny'
        ? decision === 'allow'
        : decision === 'deny' && chosen[other] === undefined;
    });
  });

interface Side {
  readonly decision: 'allow' | 'deny';
  readonly relevant: readonly Policy[];
  readonly has: ReadonlySet<Policy>;
  readonly choices: Chosen;
}

/** What can bring a decision about: a permit; of a deny that nothing permits, a forbid, or a policy that errs. */
function choicesOf(policies: readonly Policy[], decision: 'allow' | 'deny'): Chosen {
  if (decision === 'allow') return policies.filter(({ effect }) => effect === 'permit');
  const denying = policies.filter(
    ({ effect, clauses }) => effect === 'forbid' || clauses.some(({ body }) => canErr(body)),
  );
  return [undefined, ...denying];
}

/** The smallest worlds in which the scopes of all these match. More than one only where a type lists all its ids. */
function skeletonsOf({ schema, environment, principalIn }: Question, chosen: Chosen, pool: Pool): Skeleton[] {
  const policies = chosen.filter((policy) => policy !== undefined);
  const scopesOf = (side: 'principal' | 'resource'): EntityScope[] => policies.map((policy) => policy[side]);
  const principals = whoMeets(scopesOf('principal'), environment.principal, SOMEBODY, schema, pool);
  const resources = whoMeets(scopesOf('resource'), environment.resource, SOMETHING, schema, pool);
  return principals.flatMap((principal) =>
    resources.map((resource) => ({
      principal: principal.is,
      resource: resource.is,
      parents: [...parentsOf(principal, principalIn ?? []), ...parentsOf(resource, [])],
    })),
  );
}

const parentsOf = ({ is, in: above }: Somebody, more: readonly EntityUid[]): Skeleton['parents'] =>
  [...above, ...more].filter((each) => entityKey(each) !== entityKey(is)).map((each) => [is, each] as const);

const SOMEBODY = 'somebody';
const SOMETHING = 'something';

/** An id that no policy names: one that it does is asked about only where that is meant. */
function unnamed(id: string, { entities }: Pick<Pool, 'entities'>): string {
  return entities.some((entity) => entity.id === id) ? unnamed(`${id}-else`, { entities }) : id;
}

/** An entity and what it must be in. */
interface Somebody {
  readonly is: EntityUid;
  readonly in: readonly EntityUid[];
}

/**
 * The entities of a type that meet scopes together, each in no more than it has to be: the one that a scope names, else
 * one that none names, or all that an enumerated type has. An entity is in itself: where something of its own type is
 * asked for, it may also be that.
 */
function whoMeets(
  scopes: readonly EntityScope[],
  type: string,
  otherwise: string,
  { entityTypes }: Question['schema'],
  pool: Pool,
): Somebody[] {
  const shape = entityTypes.get(type);
  const named = new Map<string, EntityUid>();
  const above: EntityUid[] = [];
  for (const scope of scopes) {
    if (!('entity' in scope) || 'slot' in scope.entity) continue;
    const { entity } = scope;
    if (scope.kind !== '==' && shape?.ancestors.has(entity.type)) above.push(entity);
    else if (entity.type === type) named.set(entityKey(entity), entity);
    else return [];
  }
  if (named.size > 1) return [];
  const own = above.filter((entity) => entity.type === type);
  const unnamedIds = shape?.ids ?? [unnamed(otherwise, pool)];
  const could = named.size === 1 ? [...named.values()] : [...unnamedIds.map((id) => ({ type, id })), ...own];
  return could.map((is) => ({ is: { type: is.type, id: is.id }, in: above }));
}

/** A world that cannot be, or in which policies without conditions contradict a premise, is no candidate. */
function judged(
  question: Question,
  sides: readonly Side[],
  chosen: Chosen,
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
