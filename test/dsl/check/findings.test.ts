import * as fc from 'fast-check';
import { expect } from 'chai';
import { validate } from '../../../cedar/validate.ts';
import type { ValueType } from '../../../cedar/model.ts';
import { EngineError } from '../../../cedar/wasm.ts';
import { parsePolicy } from '../../../cedar/parse.ts';
import { policyFromJson } from '../../../cedar/from-json.ts';
import { type ActionsAsked, actionsAsked, partOfSchema } from '../../../cedar/part-of-schema.ts';
import {
  assureSound,
  findingsOf,
  foresee,
  foreseeAll,
  type PolicyTexts,
} from '../../../dsl/check/findings.ts';
import { tenantSchemas } from '../../../dsl/tenants/schemas.ts';
import type { StoreSchema } from '../../../dsl/tenants/tenant.ts';
import { model } from '../../types/model.ts';

const { full } = tenantSchemas(model)({});
let others = 0;
/** A schema that means the same and that nobody has asked about. */
const fresh = (): StoreSchema => ({ ...full, sha256: `test ${(others += 1)}` });

function asked(text: string): ActionsAsked {
  const parsed = parsePolicy(text);
  return parsed.ok ? actionsAsked(policyFromJson(parsed.json, 'tried')) : 'all';
}

/** A policy with the prefix of a tenant wherever it has one. */
const texts = (text: string): PolicyTexts => ({
  actions: asked(text),
  text: text.replaceAll('PREFIX', 'acme'),
  unprefixed: text.replaceAll('PREFIX', ''),
});
const alone = (schema: StoreSchema, text: string) =>
  validate({ schema: schema.cedarJson, policies: { alone: text } }).map(
    ({ policyId: _policyId, ...said }) => said,
  );
const told = (schema: StoreSchema, policy: PolicyTexts) =>
  findingsOf(schema, policy).map(({ code, message, help, start, end }) => ({
    code,
    message,
    help,
    start,
    end,
  }));
const expected = (schema: StoreSchema, { text }: PolicyTexts) =>
  alone(schema, text).map(({ code, message, help, start, end }) => ({ code, message, help, start, end }));

const SCOPES = ['principal', 'principal in Shop::Group::"PREFIX|admins"', 'principal == Shop::User::"PREFIX|ann"', 'principal is Shop::Robot']; // prettier-ignore
const ACTIONS = ['action', 'action == Shop::Action::"GET /order/{id}"', 'action == Shop::Action::"POST /order"', 'action == Shop::Action::"GET /ordr"', 'action in Shop::Action::"customer:read"', 'action in [Shop::Action::"GET /order/{id}", Shop::Action::"POST /order"]', 'action in [Shop::Action::"customer:write", Shop::Action::"GET /customer/{id}"]']; // prettier-ignore
const CONDITIONS = [
  'true', 'principal.age > 5', 'principal.department == "PREFIX"', 'resource.total < "x"', 'principal.nick == "x"',
  'Shop::User::"PREFIX|ann" == Shop::User::"PREFIX|bob"', 'Shop::User::"PREFIX|ann" == Shop::User::"PREFIX|ann"',
  'principal in [Shop::Group::"PREFIX|a", Shop::Group::"PREFIX|b"]', 'resource in Shop::Folder::"fixed"',
  'principal == Shop::User::"PREFIX|ann" && principal == Shop::User::"PREFIX|bob"', 'principal has nick && principal.nick like "PREFIX*"',
  'action == Shop::Action::"POST /order"', 'action in Shop::Action::"customer:write"', 'action in [Shop::Action::"customer:read", Shop::Action::"POST /order"]',
  'Shop::Action::"GET /customer/{id}" in Shop::Action::"customer:read"', 'Shop::Action::"GET /customer/{id}" == action', 'action != Shop::Action::"nothing"',
  'context.depth > 1', 'context.reason == "x"', 'resource is Shop::Order && resource.total > 1', 'resource.owner == principal',
]; // prettier-ignore
const policies = fc
  .record({
    effect: fc.constantFrom('permit', 'forbid'),
    scope: fc.constantFrom(...SCOPES),
    action: fc.constantFrom(...ACTIONS),
    condition: fc.constantFrom(...CONDITIONS),
  })
  .map(({ effect, scope, action, condition }) =>
    texts(`${effect}(${scope}, ${action}, resource) when { ${condition} };`),
  );

const statements = SCOPES.flatMap((scope) =>
  ACTIONS.flatMap((action) =>
    CONDITIONS.map((condition) => `permit(${scope}, ${action}, resource) when { ${condition} };`),
  ),
);

describe('what the validator says of a policy', () => {
  it('is the same for each by itself and for many at once, with the prefix and without', () => {
    fc.assert(
      fc.property(fc.array(policies, { maxLength: 3 }), (many) => {
        const schema = fresh();
        foresee(schema, many);
        for (const policy of many) {
          expect(told(schema, policy)).to.deep.equal(expected(schema, policy));
          expect(alone(schema, policy.unprefixed).length > 0).to.equal(alone(schema, policy.text).length > 0);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is something in the part of the schema that the policy asks for exactly when it is in the whole', () => {
    const wrongIn = (schema: object | string, some: readonly string[]): Set<string> =>
      new Set(
        validate({ schema, policies: Object.fromEntries(some.map((text) => [text, text])) }).map(
          ({ policyId }) => policyId,
        ),
      );
    const wrong = wrongIn(full.cedarJson, statements);
    const parts = new Map<string, { readonly part: ActionsAsked; readonly some: string[] }>();
    for (const statement of statements) {
      const part = asked(statement);
      const key = typeof part === 'string' ? part : [...part].sort().join();
      const same = parts.get(key) ?? { part, some: [] };
      same.some.push(statement);
      parts.set(key, same);
    }
    expect([...parts.keys()]).to.include.members(['one of each kind', 'all', 'POST /order']);
    for (const [key, { part, some }] of parts) {
      const here = wrongIn(partOfSchema(JSON.parse(full.cedarJson), part), some);
      expect([...here].sort(), key).to.deep.equal(some.filter((text) => wrong.has(text)).sort());
      // Of either sort there are some, or the comparison would say nothing.
      if (key === 'one of each kind') expect(here.size).to.be.within(5, some.length - 5);
    }
  });

  it('tells of a text that is no policy, and of the others beside it', () => {
    const schema = fresh();
    const [broken, wrong, right] = [
      texts('permit(principal, action, resource) when { principal. };'),
      texts('permit(principal, action, resource) when { principal.nothing };'),
      texts('permit(principal, action, resource);'),
    ] as const;
    foresee(schema, [right, broken, wrong]);
    expect(told(schema, broken).map(({ code }) => code)).to.deep.equal(['SYNTAX']);
    expect(told(schema, wrong).map(({ code }) => code)).to.include('UNKNOWN_ATTRIBUTE');
    expect(told(schema, right)).to.deep.equal([]);
  });

  it('is the same without attributes that a policy does not name', () => {
    const text: ValueType = { kind: 'String' };
    const added = { type: text, required: true };
    const { full: whole, common } = tenantSchemas(model)({
      User: { level: added },
      Robot: { level: { type: { kind: 'Long' }, required: false } },
      Order: {
        total2: added,
        links: { type: { kind: 'Set', of: { kind: 'Entity', name: 'Order' } }, required: true },
      },
      Folder: { reason: added },
    });
    const all = Object.fromEntries(statements.map((statement, i) => [`p${i}`, statement]));
    const wrongIn = ({ cedarJson }: StoreSchema): readonly string[] => [
      ...new Set(validate({ schema: cedarJson, policies: all }).map(({ policyId }) => policyId)),
    ];
    expect(wrongIn(whole)).to.deep.equal(wrongIn(common));
    expect(wrongIn(whole)).to.have.length.within(100, statements.length - 100);
  });

  it('is said of the schema that a policy stands in, where it is enough to be valid in another', () => {
    const common = fresh();
    const { full: whole } = tenantSchemas(model)({
      User: { level: { type: { kind: 'Long' }, required: true } },
    });
    const [wrong, right] = [texts('permit(principal is Shop::User, action, resource) when { principal.levell > 1 };'), texts('permit(principal, action, resource);')] as const; // prettier-ignore
    const policies = [wrong, right].map((policy) => ({ ...policy, within: common }));
    foreseeAll([[whole, policies]]);
    expect(findingsOf(whole, policies[0]!)[0]?.help).to.contain('`level`');
    expect(findingsOf(whole, policies[1]!)).to.deep.equal([]);
  });

  it('is nothing of a schema that the engine does not take', () => {
    expect(() => assureSound(full)).not.to.throw();
    const unknown = full.cedarJson.replace('"memberOfTypes":["Group"]', '"memberOfTypes":["Nobody"]');
    expect(() => assureSound({ cedarJson: unknown, sha256: 'unknown' })).to.throw(EngineError);
  });

  it('is asked for again when the schema is another', () => {
    const policy = texts('permit(principal is Shop::User, action, resource) when { principal.level > 1 };');
    const extended = tenantSchemas(model)({ User: { level: { type: { kind: 'Long' }, required: true } } });
    expect(told(full, policy).map(({ code }) => code)).to.include('UNKNOWN_ATTRIBUTE');
    expect(told(extended.full, policy)).to.deep.equal([]);
    expect(told(full, policy)).not.to.deep.equal([]);
  });
});
