import type { Expr, Policy } from '../../../cedar/ast.ts';
import { contains } from '../../../cedar/walk.ts';
import { namedEntities } from '../named-entities.ts';
import type { Differences, OneSide } from './joint.ts';

/**
 * Why requests that have the facts of both schemas may not tell how each version decides by its own; undefined where
 * they do. Strictly valid policies read only attributes that their own schema has, but `has` and `in` may also be
 * asked about what only the other one has.
 */
export function doubtOf(
  differences: Differences,
  before: readonly Policy[],
  after: readonly Policy[],
): string | undefined {
  const { conflicts, onlyBefore, onlyAfter, tags, ids } = differences;
  const [enumerated] = ids;
  if (enumerated !== undefined) return `the schemas list other ids of ${enumerated}`;
  const all = [...before, ...after];
  const [tagged] = tags;
  if (tagged !== undefined && all.some((policy) => reads(policy, isTagged))) {
    return `the tags of ${tagged} are others in the two schemas, and a policy reads tags`;
  }
  const conflict = [...conflicts].find((name) =>
    all.some((policy) => reads(policy, (e) => isAbout(e, name))),
  );
  if (conflict !== undefined)
    return `"${conflict}" is declared otherwise in the two schemas, and a policy reads it`;
  return foreign(onlyAfter, before) ?? foreign(onlyBefore, after);
}

/** What policies may see of the other version's schema. */
function foreign({ attributes, ancestors }: OneSide, policies: readonly Policy[]): string | undefined {
  const asked = [...attributes].find((name) =>
    policies.some((policy) => reads(policy, (expr) => expr.kind === 'has' && expr.name === name)),
  );
  if (asked !== undefined) return `only one schema has "${asked}", and a policy of the other asks for it`;
  const [first] = ancestors;
  if (first === undefined) return undefined;
  const named = policies.some(
    (policy) =>
      reads(policy, isOpenIn) || [...namedEntities(policy).values()].some(({ type }) => ancestors.has(type)),
  );
  return named ? `what can be in ${first} differs in the two schemas, and a policy asks for it` : undefined;
}

const reads = ({ clauses }: Policy, test: (expr: Expr) => boolean): boolean =>
  clauses.some(({ body }) => contains(body, test));

const isTagged = (expr: Expr): boolean =>
  expr.kind === 'call' && (expr.method === 'hasTag' || expr.method === 'getTag');

const isAbout = (expr: Expr, name: string): boolean =>
  (expr.kind === 'has' || expr.kind === 'attribute') && expr.name === name;

/** `in` whose right side is no list of entities. */
const isOpenIn = (expr: Expr): boolean => {
  if (expr.kind === 'is') return expr.in !== undefined && expr.in.kind !== 'entity';
  if (expr.kind !== 'in') return false;
  const { right } = expr;
  return !(
    right.kind === 'entity' ||
    (right.kind === 'set' && right.of.every(({ kind }) => kind === 'entity'))
  );
};
