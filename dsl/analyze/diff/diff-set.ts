import type { AuthorizationRequest } from '../../../cedar/engine.ts';
import type { Policy } from '../../../cedar/ast.ts';
import { environmentKey } from '../environments.ts';
import type { PolicySet } from '../policy-set.ts';
import type { Schema } from '../schema.ts';
import type { Oracle, Semantics } from '../verdict.ts';
import { type Bench, benchOf, kindOf, tell } from './bench.ts';
import { type Joint, jointSchema } from './joint.ts';
import { requestFor } from './own-facts.ts';
import { type Pair, pairsOf } from './pairs.ts';
import { plainNames } from './plain-names.ts';
import { EQUAL, type Half, type OneSided, permissiveness, type Row, type SetDiff } from './row.ts';
import { smallest } from './smallest.ts';
import { malformation } from './well-formed.ts';

export interface DiffOptions {
  readonly oracle: Oracle;
  readonly semantics: Semantics;
  /** Is told what is being looked at. */
  readonly progress: (what: string) => void;
}

/** Two versions of one set of policies; of one that is new or gone, only the other. */
export interface Versions {
  readonly name: string;
  readonly before?: PolicySet;
  readonly after?: PolicySet;
}

/**
 * What the second version of a set makes of each kind of request, beside the first.
 * @throws Error when a request that was found is not decided as was said of it: a mistake of ours
 */
export async function diffSet(versions: Versions, options: DiffOptions): Promise<SetDiff> {
  const { name, before, after } = versions;
  const joint = jointOf(before, after);
  const rows: Row[] = [];
  for (const pair of pairsOf(before, after, joint)) {
    options.progress(`${name}: ${pair.environment.action.uid.id}`);
    rows.push(await rowOf(versions, pair, joint === undefined, options));
  }
  return {
    set: name,
    state: before ? (after ? 'changed' : 'removed') : 'added',
    added: onlyIn(after, before),
    removed: onlyIn(before, after),
    rows,
  };
}

/** Undefined where there is one schema. */
function jointOf(before: PolicySet | undefined, after: PolicySet | undefined): Joint | undefined {
  if (!before || !after || before.schema === after.schema) return undefined;
  const [old, fresh] = [before, after].map(({ schema }) => JSON.stringify(schema.resolved));
  return old === fresh ? undefined : jointSchema(before.schema, after.schema);
}

async function rowOf(versions: Versions, pair: Pair, oneSchema: boolean, options: DiffOptions): Promise<Row> {
  const { environment, before, after } = pair;
  const half = async (was: 'allow' | 'deny'): Promise<Half> =>
    isSame(before, after) && pair.doubt === undefined
      ? EQUAL
      : halfOf(versions, pair, was, oneSchema, options);
  const opened = await half('deny');
  const narrowed = await half('allow');
  return { set: versions.name, environment, verdict: permissiveness(opened, narrowed), opened, narrowed };
}

/** The same policies come to the same decisions. */
const isSame = (before: readonly Policy[], after: readonly Policy[]): boolean => {
  const [old, fresh] = [new Set(before), new Set(after)];
  return old.size === fresh.size && [...old].every((policy) => fresh.has(policy));
};

async function halfOf(
  { before, after }: Versions,
  pair: Pair,
  was: 'allow' | 'deny',
  oneSchema: boolean,
  { oracle, semantics }: DiffOptions,
): Promise<Half> {
  const { environment, schema, doubt } = pair;
  const is = was === 'allow' ? 'deny' : 'allow';
  const answer = await oracle.find({
    schema,
    environment,
    semantics,
    premises: [
      { policies: pair.before, decision: was },
      { policies: pair.after, decision: is },
    ],
  });
  if (answer.kind === 'unknown') return { certainty: answer };
  if (answer.kind === 'none') {
    return { certainty: doubt === undefined ? answer.how : { kind: 'unknown', because: doubt } };
  }
  const old = benchOf(before, environment, semantics);
  const fresh = benchOf(after, environment, semantics);
  const differs = (request: AuthorizationRequest): boolean =>
    old.rule(request).decision === was && fresh.rule(request).decision === is;
  const wrong = differs(answer.request)
    ? refusal(answer.request, pair, before, after)
    : 'the versions do not differ about it';
  if (wrong !== undefined) {
    // Where each version sees facts of its own, a request that has all of them may not show what it was found for.
    if (!oneSchema) return { certainty: { kind: 'unknown', because: doubt ?? `of the schemas: ${wrong}` } };
    throw new Error(`a counterexample does not reproduce for ${kindOf(environment)}: ${wrong}`);
  }
  const errs = (bench: Bench, request: AuthorizationRequest): string =>
    bench.rule(request).erring.toSorted().join(' ');
  const [errsOld, errsFresh] = [errs(old, answer.request), errs(fresh, answer.request)];
  const shows = (other: AuthorizationRequest): boolean =>
    differs(other) && errs(old, other) === errsOld && errs(fresh, other) === errsFresh;
  const small = smallest(plainNames(answer.request, schema, shows), pair, shows);
  const request = refusal(small, pair, before, after) === undefined ? small : answer.request;
  return { certainty: { kind: 'counterexample' }, example: { request, ...tell(request, old, fresh) } };
}

/** Cedar's engine has the last word on whether such a request can come, to each version that knows its kind. */
function refusal(
  request: AuthorizationRequest,
  { environment }: Pair,
  ...sets: readonly (PolicySet | undefined)[]
): string | undefined {
  const checked = new Set<Schema>();
  for (const set of sets) {
    const own = set?.environments.find((each) => environmentKey(each) === environmentKey(environment));
    if (!set || !own || checked.has(set.schema)) continue;
    checked.add(set.schema);
    const reason = malformation(requestFor(request, own, set.schema), set.schema);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** What the schema of one version has and that of the other has not; nothing of a set that is new or gone as a whole. */
function onlyIn(set: PolicySet | undefined, other: PolicySet | undefined): OneSided {
  if (!set || !other) return { actions: [], types: [] };
  const missing = <T>(of: ReadonlyMap<string, T>, from: ReadonlyMap<string, T>): [string, T][] =>
    [...of].filter(([key]) => !from.has(key));
  return {
    actions: missing(set.schema.actions, other.schema.actions)
      .map(([, { uid }]) => uid.id)
      .sort(),
    types: missing(set.schema.entityTypes, other.schema.entityTypes)
      .map(([type]) => type)
      .sort(),
  };
}
