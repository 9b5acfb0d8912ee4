import { isDeepStrictEqual } from 'node:util';
import type { Expr, Policy } from '../../../cedar/ast.ts';
import type { ValueType } from '../../../cedar/model.ts';
import type { Environment } from '../environments.ts';
import type { PolicySet } from '../policy-set.ts';
import type { Schema } from '../schema.ts';

/** The attribute that says whose a principal or a resource is. */
const TENANT = 'tenant';

/** What is to hold of every request that a set of policies allows. */
export interface Claim {
  /** In words: `resource.tenant is acme`. */
  readonly text: string;
  readonly holds: Expr;
  /** The kinds of request that it speaks of. */
  readonly speaksOf: (environment: Environment) => boolean;
}

type Side = 'principal' | 'resource';

const tenantOf = (side: Side): Expr => ({
  kind: 'attribute',
  of: { kind: 'variable', name: side },
  name: TENANT,
});
const hasTenant = (side: Side): Expr => ({ kind: 'has', of: { kind: 'variable', name: side }, name: TENANT });

/** The tenant of one side is one of these. */
export const isOneOf = (side: Side, tenants: readonly string[], speaksOf: Claim['speaksOf']): Claim => ({
  text: `${side}.${TENANT} is ${tenants.join(' or ')}`,
  holds: {
    kind: 'and',
    of: [
      hasTenant(side),
      {
        kind: 'or',
        of: tenants.map((value): Expr => ({
          kind: 'compare',
          op: '==',
          left: tenantOf(side),
          right: { kind: 'literal', value },
        })),
      },
    ],
  },
  speaksOf,
});

/** Both sides have the same tenant: what can be said where no tenant is named. */
export const areTheSame = (speaksOf: Claim['speaksOf']): Claim => ({
  text: `principal.${TENANT} is resource.${TENANT}`,
  holds: {
    kind: 'and',
    of: [
      hasTenant('principal'),
      hasTenant('resource'),
      { kind: 'compare', op: '==', left: tenantOf('principal'), right: tenantOf('resource') },
    ],
  },
  speaksOf,
});

const tenantType = ({ entityTypes }: Schema, type: string): ValueType | undefined => {
  const attributes = entityTypes.get(type)?.attributes ?? {};
  return Object.hasOwn(attributes, TENANT) ? attributes[TENANT]?.type : undefined;
};

/** Whether a type says whose an entity is, by a text. */
export const namesTenant = (schema: Schema, type: string): boolean =>
  tenantType(schema, type)?.kind === 'String';

/** Whether principal and resource say whose they are in the same way, by a text or by an entity. */
export const canBeTheSame = (schema: Schema, { principal, resource }: Environment): boolean => {
  const [one, other] = [tenantType(schema, principal), tenantType(schema, resource)];
  return one !== undefined && isDeepStrictEqual(one, other);
};

/** Allows what the claim rules out. */
export const breach = ({ holds }: Claim): Policy => ({
  id: 'breach',
  effect: 'permit',
  principal: { kind: 'any' },
  action: { kind: 'any' },
  resource: { kind: 'any' },
  clauses: [{ kind: 'unless', body: holds }],
  annotations: {},
});

/** The kinds of request of a set that a claim speaks of. */
export const environmentsOf = ({ environments }: PolicySet, { speaksOf }: Claim): Environment[] =>
  environments.filter(speaksOf);
