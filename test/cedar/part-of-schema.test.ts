import { expect } from 'chai';
import { policyFromJson } from '../../cedar/from-json.ts';
import { parsePolicy } from '../../cedar/parse.ts';
import { actionsAsked, partOfSchema } from '../../cedar/part-of-schema.ts';

const asked = (text: string): readonly string[] | string => {
  const parsed = parsePolicy(text);
  if (!parsed.ok) throw new Error(parsed.errors.map(({ message }) => message).join());
  const actions = actionsAsked(policyFromJson(parsed.json, 'p'));
  return typeof actions === 'string' ? actions : [...actions].sort();
};
const action = (id: string): string => `Shop::Action::"${id}"`;

describe('the part of a schema that a policy is about', () => {
  it('has the actions that the policy names, wherever that is', () => {
    expect(asked(`permit(principal, action == ${action('a')}, resource);`)).to.deep.equal(['a']);
    expect(asked(`permit(principal, action in [${action('b')}, ${action('a')}], resource);`)).to.deep.equal([
      'a',
      'b',
    ]);
    expect(
      asked(
        `forbid(principal, action in ${action('g')}, resource == ${action('r')})
         when { if action == ${action('x')} then [${action('y')}].contains(action) else { z: ${action('z')} }.z in action };`,
      ),
    ).to.deep.equal(['g', 'r', 'x', 'y', 'z']);
  });

  it('is all of it for a policy about any action that asks which it is', () => {
    for (const condition of [
      `action == ${action('a')}`,
      'action in context.groups',
      `context.a == ${action('a')}`,
    ])
      expect(asked(`permit(principal, action, resource) when { ${condition} };`)).to.equal('all');
    expect(asked(`permit(principal, action, resource == ${action('a')});`)).to.equal('all');
  });

  it('has one action of each kind for a policy that cannot tell them apart', () => {
    expect(asked('permit(principal, action, resource) when { context.a == 1 };')).to.equal(
      'one of each kind',
    );
    const to = (resource: string, context: object = {}) => ({
      appliesTo: { principalTypes: ['User'], resourceTypes: [resource], context },
    });
    const schema = {
      Shop: {
        entityTypes: { User: {} },
        actions: {
          read: {},
          get: { ...to('Order'), memberOf: [{ id: 'read' }] },
          put: to('Order'),
          list: to('Order', { type: 'Record', attributes: {} }),
          drop: to('Shop'),
        },
      },
    };
    expect(partOfSchema(schema, 'one of each kind')['Shop']?.actions).to.deep.equal({
      read: {},
      get: to('Order'),
      list: to('Order', { type: 'Record', attributes: {} }),
      drop: to('Shop'),
    });
    expect(partOfSchema(schema, 'all')).to.equal(schema);
  });

  it('has the members of its groups at any distance, and the groups of them all', () => {
    const memberOf = (...groups: readonly string[]) => ({ memberOf: groups.map((id) => ({ id })) });
    const schema = {
      Shop: {
        entityTypes: { User: {} },
        actions: {
          all: {},
          write: memberOf('all'),
          put: memberOf('write', 'audited'),
          get: memberOf('read'),
          read: memberOf('all'),
          audited: {},
          other: {},
        },
      },
    };
    const actionsOf = (...names: readonly string[]): readonly string[] =>
      Object.keys(partOfSchema(schema, new Set(names))['Shop']?.actions ?? {}).sort();
    expect(actionsOf('get')).to.deep.equal(['all', 'get', 'read']);
    expect(actionsOf('write')).to.deep.equal(['all', 'audited', 'put', 'write']);
    expect(actionsOf('all')).to.deep.equal(['all', 'audited', 'get', 'put', 'read', 'write']);
    expect(actionsOf('nothing')).to.deep.equal([]);
    expect(partOfSchema(schema, new Set(['get']))['Shop']).to.have.property('entityTypes');
  });
});
