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
    const set = preparePolicySet('test', policies, SCHEMA);
    expect(set.authorize(request())).to.deep.equal({ decision: 'allow', reasons: ['a', 'l'], errors: [] });
    expect(set.findings).to.deep.equal([
      'for policy `a`, unable to guarantee safety of access to tag `"of"` on entity type `User`',
    ]);
  });

  it('refuses a request that its schema does not allow, with the reason', () => {
    const set = preparePolicySet('test', policies, SCHEMA);
    const entities = [{ uid: { type: 'User', id: 'u' }, attrs: {}, parents: [] }];
    expect(() => set.authorize(request({ entities }))).to.throw(RequestRefused, 'attribute `level`');
    expect(() => set.authorize(request({ action: { type: 'Action', id: 'sing' } }))).to.throw(
      RequestRefused,
      'sing',
    );
  });

  it('says which part does not parse', () => {
    expect(() => preparePolicySet('test', { ...policies, staticPolicies: { a: 'permit(' } })).to.throw(
      'the policies',
    );
    expect(() => preparePolicySet('test', policies, 'entity')).to.throw('the schema');
  });
});
