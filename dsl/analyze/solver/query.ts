import { entityKey } from '../../../cedar/slice.ts';
import { contains } from '../../../cedar/walk.ts';
import { applicable } from '../environments.ts';
import type { Question } from '../verdict.ts';
import type { Encoding } from './encode/encoding.ts';
import { createHierarchy, type Entity } from './encode/hierarchy.ts';
import { createNames, type Names } from './language/names.ts';
import { encodePremise } from './encode/policy.ts';
import { createRequestValues } from './encode/request-values.ts';
import { createScript } from './language/script.ts';
import { createSets } from './encode/sets.ts';
import { createSorts } from './language/sorts.ts';
import { asEntity, type Scalar, scalar } from './encode/symbolic.ts';
import { equal, FALSE, implies, or } from './language/term.ts';

/** A question in the solver's language, and what its answer is read by. */
export interface Query extends Encoding {
  readonly names: Names;
}

/** @throws Unsupported, naming the construct that is left out */
export function encodeQuestion({ schema, environment, premises, semantics, principalIn }: Question): Query {
  const relevant = premises.map(({ policies, decision }) => ({
    decision,
    policies: applicable(policies, environment, schema),
  }));
  const patterns = relevant.some(({ policies }) =>
    policies.some(({ clauses }) => clauses.some(({ body }) => contains(body, ({ kind }) => kind === 'like'))),
  );
  const script = createScript();
  const names = createNames(schema);
  const sorts = createSorts(script, names, patterns);
  const variable = (type: string): Scalar => {
    const term = script.fresh('Int');
    script.assert(sorts.isValue(term, { kind: 'Entity', name: type }));
    return scalar({ kind: 'Entity', name: type }, term);
  };
  const { uid, context } = environment.action;
  const encoding: Encoding = {
    script,
    sorts,
    sets: createSets(script, sorts),
    hierarchy: createHierarchy(script, schema, names),
    values: createRequestValues(script, sorts, schema, context),
    variables: {
      principal: variable(environment.principal),
      action: scalar({ kind: 'Entity', name: uid.type }, sorts.entity(uid)),
      resource: variable(environment.resource),
    },
  };
  for (const premise of relevant) script.assert(encodePremise(premise, semantics, environment, encoding));
  encoding.sets.settle();
  if (principalIn) confine(encoding, principalIn);
  encoding.hierarchy.settle();
  return { ...encoding, names };
}

/** The principal is in these and in nothing else. */
function confine(
  { script, sorts, hierarchy, variables }: Encoding,
  above: NonNullable<Question['principalIn']>,
): void {
  const principal = asEntity(variables.principal);
  const given = [...new Map(above.map((uid) => [entityKey(uid), uid])).values()].map((uid): Entity => ({
    type: uid.type,
    term: sorts.entity(uid),
  }));
  // One that cannot be above it is no statement about it.
  for (const group of given) {
    const isAbove = hierarchy.isAbove(principal, group);
    if (isAbove !== FALSE) script.assert(isAbove);
  }
  for (const upper of hierarchy.upper()) {
    const isAbove = hierarchy.isAbove(principal, upper);
    const isGiven = or(
      ...given.filter(({ type }) => type === upper.type).map(({ term }) => equal(term, upper.term)),
    );
    script.assert(implies(isAbove, isGiven));
  }
}
