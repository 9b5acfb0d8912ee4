import { createRequire } from 'node:module';
import type { Schema } from '@cedar-policy/cedar-wasm/nodejs';
import { expect } from 'chai';
import { canonicalJson } from '../../../cedar/canonical-json.ts';
import { validate } from '../../../cedar/engine.ts';
import type { Model } from '../../../cedar/model.ts';
import { cedarSchema } from '../../../dsl/schema/cedar-schema.ts';
import { cedarText } from '../../../dsl/schema/cedar-text.ts';
import { collectProblems } from '../../../dsl/schema/document/report.ts';
import { gatewaySchema } from '../../../dsl/schema/gateway-schema.ts';
import { checkSchemaSize } from '../../../dsl/schema/schema-size.ts';
import { model } from './fixture.ts';

const cedar: typeof import('@cedar-policy/cedar-wasm/nodejs') = createRequire(import.meta.url)(
  '@cedar-policy/cedar-wasm/nodejs',
);
const findings = (schema: object, policy: string): string[] =>
  validate({ schema, policies: { p: policy } }).map(({ message }) => message);
const permit = (
  condition: string,
  scope = 'principal, action == Shop::Action::"GET /orders/{id}", resource',
): string => `permit(${scope}) when { ${condition} };`;

describe('the Cedar schema of a model', () => {
  it('has every type, attribute and action of it, as the strict validator sees them', () => {
    const schema = cedarSchema(model);
    for (const condition of [
      'resource.owner == principal && resource["in"] == "x" && resource["with-dash"] == "y"',
      'resource.total > 3 && resource.paid && resource.at < datetime("2026-01-01")',
      'resource.rate.lessThan(decimal("1.5")) && resource.from.isLoopback() && resource.hold < duration("1h")',
      'resource has watchers && resource.watchers.contains(principal)',
      'resource.address.city == "x" && resource.address has zip && resource.address.zip == "1"',
      'resource in Shop::Folder::"f" && principal in Shop::Group::"g"',
      'context.fraud && context has page && context.page == 1',
      'action in Shop::Action::"all"',
    ]) {
      expect(findings(schema, permit(condition)), condition).to.deep.equal([]);
    }
  });

  it('lets nothing optional be read without a test', () => {
    for (const condition of ['principal.nick == "x"', 'context.page == 1', 'resource.address.zip == "1"']) {
      expect(findings(cedarSchema(model), permit(condition)).join()).to.match(/optional attribute/);
    }
  });

  it("has a tenant's own attributes, and refuses those that are there already", () => {
    const extension = { Order: { costCenter: { type: { kind: 'String' }, required: true } } } as const;
    const condition = permit('resource.costCenter == "x"');
    expect(findings(cedarSchema(model, extension), condition)).to.deep.equal([]);
    expect(findings(cedarSchema(model), condition)).to.not.deep.equal([]);
    expect(() => cedarSchema(model, { Order: { total: extension.Order.costCenter } })).to.throw(
      /has it already/,
    );
    expect(() => cedarSchema(model, { User: { kind: extension.Order.costCenter } })).to.throw(
      /has it already/,
    );
    expect(() => cedarSchema(model, { Shelf: {} })).to.throw(/no entity type/);
  });

  it('says the same in its own language as in JSON', () => {
    for (const schema of [cedarSchema(model), gatewaySchema(model)]) {
      const json: Schema = JSON.parse(JSON.stringify(schema));
      const direct = cedar.schemaToText(json);
      if (direct.type === 'failure') throw new Error(JSON.stringify(direct.errors));
      // The engine writes its own types with a prefix that nobody needs who has no type of the same name.
      const expected = cedar.schemaToJsonWithResolvedTypes(direct.text.replaceAll('__cedar::', ''));
      expect(expected.type).to.equal('success');
      expect(cedar.schemaToJsonWithResolvedTypes(cedarText(schema))).to.deep.equal(expected);
    }
  });
});

describe('the gateway schema of a model', () => {
  const schema = gatewaySchema(model);

  it('lets policies read what the gateway knows', () => {
    const endpoint = 'principal, action == Shop::Action::"GET /orders", resource';
    expect(
      findings(schema, permit('principal.tenant == "a" && principal in Shop::Group::"g"')),
    ).to.deep.equal([]);
    expect(findings(schema, permit('resource == Shop::Order::"7"'))).to.deep.equal([]);
    expect(findings(schema, permit('context has page && context.page == 1'))).to.deep.equal([]);
    expect(findings(schema, permit('resource.path == "/orders"', endpoint))).to.deep.equal([]);
  });

  it('lets no policy read what only the backend knows', () => {
    for (const condition of [
      'resource.total > 3',
      'resource has total',
      'resource in Shop::Folder::"f"',
      'context.fraud',
    ]) {
      expect(findings(schema, permit(condition)), condition).to.not.deep.equal([]);
    }
  });
});

describe('the size of a schema', () => {
  const withActions = (count: number): Model => {
    const action = model.actions['GET /orders']!;
    const names = Array.from({ length: count }, (_, index) => `GET /orders/of/number/${index}`);
    return { ...model, actions: Object.fromEntries(names.map((name) => [name, action])) };
  };
  const problemsWith = (count: number) => {
    const { problems, report } = collectProblems();
    checkSchemaSize(withActions(count), { file: 'api.yaml', line: 1, column: 1 }, report);
    return problems();
  };

  it('is checked against what Verified Permissions takes, with the bytes of an action', () => {
    expect(problemsWith(400)).to.deep.equal([]);
    const [problem] = problemsWith(1000);
    const bytes = Buffer.byteLength(canonicalJson(cedarSchema(withActions(1000))));
    expect(problem?.code).to.equal('SCHEMA_TOO_LARGE');
    expect(problem?.message)
      .to.contain(`${bytes} bytes`)
      .and.contain(`${Math.round(bytes / 1000)} for each of 1000`);
  });
});
