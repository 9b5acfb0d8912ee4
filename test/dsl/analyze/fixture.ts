import { validate } from '../../../cedar/engine.ts';
import { printPolicy } from '../../../cedar/print.ts';
import { parseCedar } from '../../../cedar/text/policies.ts';
import { asking } from '../../../dsl/analyze/ask.ts';
import { environmentsOf } from '../../../dsl/analyze/environments.ts';
import type { PolicySet } from '../../../dsl/analyze/policy-set.ts';
import { type Schema, schemaOf } from '../../../dsl/analyze/schema.ts';
import type { Oracle } from '../../../dsl/analyze/verdict.ts';

/** Documents in folders, and who may read and write them. */
export const SCHEMA = `
entity Group;
entity User in [Group] { age: Long, nick?: String, friends?: Group };
entity Folder;
entity Doc in [Folder] { owner: User, open: Bool, labels: Set<String>, readers: Set<User> };
action any;
action read, write in [any] appliesTo { principal: [User], resource: [Doc], context: { mfa: Bool, ip?: ipaddr } };
`;

/** Read once by the engine, however many sets they are for. */
const schemas = new Map<string, Schema>();

/** A policy set from Cedar text; ids from `@id`. @throws Error when it is not strictly valid */
export function setOf(text: string, schemaText = SCHEMA): PolicySet {
  const schema = schemas.get(schemaText) ?? schemaOf(schemaText);
  schemas.set(schemaText, schema);
  const { policies, errors } = parseCedar(text, 'docs.cedar');
  if (errors[0]) throw errors[0];
  const named = policies.map((policy) => ({ ...policy, id: policy.annotations['id'] ?? policy.id }));
  const texts = named.map((policy) => [policy.id, printPolicy(policy, { prefix: '' })] as const);
  const invalid = validate({ schema: schema.resolved, policies: Object.fromEntries(texts) }).find(
    ({ severity, code }) => severity === 'error' && code !== 'IMPOSSIBLE_POLICY',
  );
  if (invalid) throw new Error(`${invalid.policyId}: ${invalid.message}`);
  return {
    name: 'docs.cedar',
    file: 'docs.cedar',
    schema,
    policies: named.map((policy) => ({ id: policy.id, guardrail: false, policy, site: policy.at! })),
    environments: environmentsOf(schema),
  };
}

/** Scopes and enumeration: whoever needs no solver. */
export const oracle: Oracle = asking();
