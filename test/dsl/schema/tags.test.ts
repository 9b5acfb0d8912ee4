import { expect } from 'chai';
import { cedarSchema } from '../../../dsl/schema/cedar-schema.ts';
import { cedarText } from '../../../dsl/schema/cedar-text.ts';
import { gatewaySchema } from '../../../dsl/schema/gateway-schema.ts';
import { typescriptText } from '../../../dsl/schema/typescript.ts';
import type { Model } from '../../../cedar/model.ts';
import { model as shop } from '../../types/shop.ts';

const user = { kind: 'Entity', name: 'User' } as const;
const { User, Robot } = shop.principalTypes;
const model: Model = {
  ...shop,
  principalTypes: { User: User!, Robot: { ...Robot!, tags: { kind: 'Set', of: user } } },
};
const types = typescriptText(model, { origin: 'a test', types: './types.ts' });

describe('the tags of an entity type', () => {
  it('have their type in the Cedar schema', () => {
    expect(cedarSchema(model)['Shop']?.entityTypes['Order']?.tags).to.deep.equal({ type: 'String' });
    expect(cedarText(cedarSchema(model))).to.include('entity Folder in [Folder] tags Long;');
  });

  it('have it in TypeScript, where a type without attributes has an interface too', () => {
    expect(types).to.include('export interface FolderAttrs extends Tagged<Long> {');
    expect(types).to.include('Folder: FolderAttrs;');
    expect(types).to.include(
      `export interface RobotAttrs<in out X> extends Tagged<SetOf<Entity<Schema<X>, 'User'>>> {`,
    );
  });

  it('are unknown at the gateway', () => {
    expect(gatewaySchema(model)['Shop']?.entityTypes['Robot']).to.not.have.property('tags');
    expect(gatewaySchema(model)['Shop']?.entityTypes['Order']).to.deep.equal({});
  });
});

describe('a context with an entity in it', () => {
  it('refers to the schema of the API, not of a tenant', () => {
    const [name, action] = Object.entries(model.actions)[0]!;
    const on = { type: user, required: true, from: { source: 'backend' } } as const;
    const text = typescriptText(
      { ...model, actions: { ...model.actions, [name]: { ...action, context: { ...action.context, on } } } },
      { origin: 'a test', types: './types.ts' },
    );
    expect(text).to.include(`readonly on: Entity<Schema, 'User'>;`);
  });
});
