import { expect } from 'chai';
import { preparePolicySet, RequestRefused, type SchemaRequest } from '../../cedar/engine.ts';

const SCHEMA = `
  entity User { level: Long } tags String;
  action look, touch appliesTo { principal: User, resource: User, context: { from: __cedar::ipaddr } };`;
const request = (more: Partial<SchemaRequest> = {}): SchemaRequest => ({
  principal: { type: 'User', id: 'u' },
  action: { type: 'Action', id: 'look' },
  resource: { type: 'User', id: 'v' },
  context: { from: '10.0.0.1' },
  entities: [{ uid: { type: 'User', id: 'u' }, attrs: { level: 3 }, tags: { of: 'x' }, parents: [] }],
  ...more,
});
const policies = {
  staticPolicies: { a: 'permit(principal, action, resource) when { principal.getTag("of") == "x" };' },
  templates: { t: 'permit(principal == ?principal, action, resource);' },
  templateLinks: [{ templateId: 't', newId: 'l', values: { '?principal': { type: 'User', id: 'u' } } }],
};

describe('a policy set as the Cedar command line has it', () => {
  it('decides by policies, linked templates and tags, and names them by their ids', () => {
    const set = preparePolicySet(policies, SCHEMA);
    expect(set.authorize(request())).to.deep.equal({ decision: 'allow', reasons: ['a', 'l'], errors: [] });
    expect(set.findings).to.deep.equal([
      'for policy `a`, unable to guarantee safety of access to tag `"of"` on entity type `User`',
    ]);
  });

  it('answers by its own policies and schema, whatever else was prepared after it', () => {
    const set = preparePolicySet(policies, SCHEMA);
    const before = set.authorize(request());
    const { staticPolicies: _, ...others } = policies;
    preparePolicySet({ ...others, staticPolicies: {} }, SCHEMA.replace('level: Long', ''));
    expect(set.authorize(request())).to.deep.equal(before);
  });

  it('refuses a request that its schema does not allow, with the reason', () => {
    const set = preparePolicySet(policies, SCHEMA);
    const entities = [{ uid: { type: 'User', id: 'u' }, attrs: {}, parents: [] }];
    expect(() => set.authorize(request({ entities }))).to.throw(RequestRefused, 'attribute `level`');
    expect(() => set.authorize(request({ action: { type: 'Action', id: 'sing' } }))).to.throw(
      RequestRefused,
      'sing',
    );
  });

  it('says which part does not parse', () => {
    expect(() => preparePolicySet({ ...policies, staticPolicies: { a: 'permit(' } })).to.throw(
      'the policies',
    );
    expect(() => preparePolicySet(policies, 'entity')).to.throw('the schema');
  });
});
