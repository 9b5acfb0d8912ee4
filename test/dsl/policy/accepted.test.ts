import { expect } from 'chai';
import type { Policy } from '../../../cedar/ast.ts';
import { validate } from '../../../cedar/engine.ts';
import { policyFromPlain } from '../../../cedar/json.ts';
import { printPolicy } from '../../../cedar/print.ts';
import { policyOf } from '../../../dsl/policy/policy-of.ts';
import { cedarSchema } from '../../../dsl/schema/cedar-schema.ts';
import { guardrailsToPlain, tenantToPlain } from '../../../dsl/tenants/read.ts';
import type { SchemaExtension } from '../../../dsl/tenants/tenant.ts';
import * as actions from '../../types/accept/actions.ts';
import * as branches from '../../types/accept/branches.ts';
import * as conditions from '../../types/accept/conditions.ts';
import * as entities from '../../types/accept/entities.ts';
import * as presence from '../../types/accept/presence.ts';
import * as records from '../../types/accept/records.ts';
import * as scopes from '../../types/accept/scopes.ts';
import * as tags from '../../types/accept/tags.ts';
import * as templates from '../../types/accept/templates.ts';
import * as tenants from '../../types/accept/tenants.ts';
import * as values from '../../types/accept/values.ts';
import { model } from '../../types/shop.ts';

/** What Cedar's strict validator has against policies that the compiler accepts. */
function findings(policies: readonly Policy[], extension: SchemaExtension = {}): string[] {
  const texts = Object.fromEntries(
    policies.map((policy) => [policy.id, printPolicy(policy, { prefix: 'acme' })]),
  );
  expect(Object.keys(texts)).to.have.lengthOf(policies.length);
  return validate({ schema: cedarSchema(model, extension), policies: texts }).map(
    ({ policyId, message }) => `${policyId}: ${message}`,
  );
}

describe('every policy that the compiler accepts', () => {
  const files = {
    actions,
    branches,
    conditions,
    entities,
    presence,
    records,
    scopes,
    tags,
    templates,
    values,
  };
  for (const [name, { policies }] of Object.entries(files)) {
    it(`is accepted by Cedar: ${name}`, () => {
      expect(findings(policies.map(policyOf))).to.deep.equal([]);
    });
  }

  const { groupsOnly, nothingOfItsOwn, emptyGroups, extended, extensionOfSeveral, app } = tenants;
  for (const tenant of [groupsOnly, nothingOfItsOwn, emptyGroups, extended, extensionOfSeveral, app]) {
    const outcome = tenantToPlain(tenant);
    it(`is accepted by Cedar with the tenant's attributes: ${outcome.ok ? outcome.value.slug : ''}`, () => {
      if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
      const { policies, attributes } = outcome.value;
      expect(findings(policies.map(policyFromPlain), attributes)).to.deep.equal([]);
    });
  }

  it('is accepted by Cedar: guardrails', () => {
    const outcome = guardrailsToPlain(tenants.everyTenant, {
      slug: 'acme',
      kind: 'saasTenant',
      dataTenants: ['acme'],
    });
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
    expect(findings(outcome.value.map(policyFromPlain))).to.deep.equal([]);
  });
});
