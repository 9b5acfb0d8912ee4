import * as fc from 'fast-check';
import type { EntityLiteral, EntityScope, Expr, Policy, Slot } from '../../../cedar/ast.ts';
import { gatewayFacts } from '../../../cedar/gateway-facts.ts';
import type { Model } from '../../../cedar/model.ts';
import { printPolicy } from '../../../cedar/print.ts';
import { projectPolicy } from '../../../cedar/project.ts';
import { rebuild } from '../../../cedar/rebuild.ts';
import type { TokenForm } from '../../../cedar/token-form.ts';
import { cedarSchema } from '../../../dsl/schema/cedar-schema.ts';
import { gatewaySchema } from '../../../dsl/schema/gateway-schema.ts';
import { tokenSchema } from '../../../dsl/schema/token-schema.ts';
import { compile } from '../../../authz/sync/compile.ts';
import type { SnapshotPolicy } from '../../../authz/tables/sync-state.ts';
import { validPolicy } from '../../cedar/arbitrary-policy.ts';
import { equal, attribute, literal, lib, MODEL, not, policy, when } from '../../cedar/fixture.ts';

/** Random policies of a tenant of the library as the sync would publish them, in both forms of the gateway. */

export const SLUG = 'acme';
/** The library, with the type that groups have. */
export const model: Model = {
  ...MODEL,
  entityTypes: { ...MODEL.entityTypes, Group: { parents: [], attributes: {}, tenancy: 'tenant' } },
};
const OWNED = ['Lib::Member', 'Lib::Robot', 'Lib::Group'];
const facts = gatewayFacts(model);
const project = (given: Policy): Policy | undefined => projectPolicy(given, facts);

/** As builders make them: principals and groups are the tenant's own. */
function owned(given: Policy): Policy {
  const own = <E extends EntityLiteral | Slot>(entity: E): E =>
    'type' in entity && OWNED.includes(entity.type) ? { ...entity, owned: true } : entity;
  const scope = (of: EntityScope): EntityScope => ('entity' in of ? { ...of, entity: own(of.entity) } : of);
  const rewrite = (expr: Expr): Expr =>
    expr.kind === 'entity' ? { ...expr, entity: own(expr.entity) } : rebuild(expr, rewrite);
  return {
    ...given,
    principal: scope(given.principal),
    clauses: given.clauses.map((clause) => ({ ...clause, body: rewrite(clause.body) })),
  };
}

/** What every tenant gets, whatever its own policies. */
const guardrails: readonly Policy[] = [
  policy({
    id: 'guardrail-foreign',
    effect: 'forbid',
    clauses: [when(not(equal(attribute('principal', 'tenant'), literal(SLUG))))],
  }),
  policy({
    id: 'guardrail-suspended',
    effect: 'forbid',
    clauses: [when(attribute('principal', 'suspended'))],
  }),
  policy({
    id: 'guardrail-machines',
    effect: 'forbid',
    principal: { kind: 'is', type: 'Lib::Robot' },
    action: { kind: 'in', actions: [lib('Action', 'anything')] },
  }),
];

/** So that forbids decide something. */
const EVERYTHING = policy({ id: 'everything' });
/** A policy that cannot always be evaluated. */
const LEVEL = attribute('principal', 'level');
const OVERFLOWING = policy({
  id: 'overflowing',
  clauses: [
    when({
      kind: 'compare',
      op: '<',
      left: { kind: 'arithmetic', op: '*', left: LEVEL, right: LEVEL },
      right: literal(9n),
    }),
  ],
});

/** Any few policies of a tenant, guardrails included, as they are printed for it. */
export const anyPolicies: fc.Arbitrary<readonly Policy[]> = fc
  .tuple(
    fc.array(validPolicy, { minLength: 1, maxLength: 4 }),
    fc.subarray<Policy>([EVERYTHING, OVERFLOWING]),
  )
  .map(([some, fixed]) => [
    ...some.map((one, n) => owned({ ...one, id: `own-${n}` })),
    ...fixed,
    ...guardrails,
  ]);

const text = (schema: object): string => JSON.stringify(schema);
const full = text(cedarSchema(model));
const gateway = text(gatewaySchema(model));
export const SCHEMAS = {
  gateway,
  access: text(tokenSchema(model, 'saasTenant', 'access')),
  id: text(tokenSchema(model, 'saasTenant', 'id')),
};

/** What the sync publishes; policies without a token form are left out of both forms. */
export function published(
  policies: readonly Policy[],
  form: Pick<TokenForm, 'use' | 'userPoolId'>,
): readonly SnapshotPolicy[] {
  const texts = new Map(policies.map((one) => [one.id, printPolicy(one, { prefix: SLUG })]));
  const token = { ...form, model, slug: SLUG, kind: 'saasTenant' };
  const rewritten = compile(texts, { full, gateway: SCHEMAS[form.use] }, { project, token }).policies;
  const kept = new Map([...texts].filter(([id]) => rewritten.some((one) => one.id === id)));
  const plain = compile(kept, { full, gateway }, { project });
  return rewritten.map((one) => {
    const same = plain.policies.find(({ id }) => id === one.id);
    if (!same) throw new Error(`${one.id} has a token form and no other`);
    const { gatewayStatement: _, ...others } = one;
    return { ...others, ...(same.gatewayStatement && { gatewayStatement: same.gatewayStatement }) };
  });
}
