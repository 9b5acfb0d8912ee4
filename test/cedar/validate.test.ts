import { expect } from 'chai';
import { EngineError, type Finding, validate } from '../../cedar/engine.ts';
import { MODEL } from './fixture.ts';
import { schemaOf } from './fixture-schema.ts';

const schema = schemaOf(MODEL, 'full');

const findings = (text: string): Finding[] => validate({ schema, policies: { p: text } });
const codes = (text: string): string[] => findings(text).map(({ code }) => code);

describe('validate', () => {
  it('finds nothing wrong with what is right', () => {
    const text = 'permit(principal, action in Lib::Action::"read", resource) when { principal.level > 3 };';
    expect(findings(text)).to.deep.equal([]);
    expect(validate({ schema: JSON.stringify(schema), policies: { p: text } })).to.deep.equal([]);
  });

  it('names the kind of mistake', () => {
    const policy = (scope: string, body: string): string =>
      `permit(principal, ${scope}, resource) when { ${body} };`;
    const post = 'action == Lib::Action::"POST /docs"';
    expect(codes(policy('action == Lib::Action::"POST /dogs"', 'true'))).to.deep.equal(['UNKNOWN_ACTION']);
    expect(codes(policy(post, 'resource is Lib::Dog'))).to.deep.equal(['UNKNOWN_TYPE']);
    expect(codes(policy(post, 'principal.rle == "x"'))).to.deep.equal(['UNKNOWN_ATTRIBUTE']);
    expect(codes(policy(post, 'principal.nick == "x"'))).to.deep.equal(['UNSAFE_ACCESS']);
    expect(codes(policy(post, 'principal.level == "x"'))).to.deep.equal(['INVALID_POLICY']);
    expect(codes('permit(')).to.deep.equal(['SYNTAX']);
  });

  it('takes a policy that can never apply for an error, as Verified Permissions does, and says it once', () => {
    const never = 'permit(principal is Lib::Robot, action == Lib::Action::"POST /docs", resource);';
    const impossible = 'permit(principal, action, resource) when { principal == resource };';
    expect(codes(never)).to.deep.equal(['ACTION_NEVER_APPLIES']);
    expect(codes(impossible)).to.deep.equal(['IMPOSSIBLE_POLICY']);
    expect(findings(impossible)[0]?.severity).to.equal('error');
  });

  it('tells which policy each finding is about, in one order', () => {
    const bad = 'permit(principal, action, resource) when { principal.rle == "x" };';
    const found = validate({
      schema,
      policies: { b: bad, a: bad, c: 'permit(principal, action, resource);' },
    });
    expect([...new Set(found.map(({ policyId }) => policyId))]).to.deep.equal(['a', 'b']);
    expect(found.every(({ message }) => !message.includes('for policy'))).to.equal(true);
  });

  it('tells which texts are no policies, beside others that are', () => {
    const found = validate({ schema, policies: { a: 'permit(principal, action, resource);', b: 'permit(' } });
    expect(found.map(({ policyId, code, start }) => ({ policyId, code, start }))).to.deep.equal([
      { policyId: 'b', code: 'SYNTAX', start: 7 },
    ]);
  });

  it('throws for a schema that is none: no policy is to blame', () => {
    const broken = { Lib: { entityTypes: {}, actions: { read: { memberOf: [{ id: 'nothing' }] } } } };
    expect(() => validate({ schema: broken, policies: {} })).to.throw(EngineError, 'schema');
  });

  it('warns of text that reads otherwise than it is evaluated', () => {
    const [finding] = findings('permit(principal, action, resource) when { principal.kind == "a\u202eb" };');
    expect(finding).to.include({ severity: 'warning', code: 'SUSPICIOUS_TEXT' });
  });
});
