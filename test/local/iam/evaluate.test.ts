import { expect } from 'chai';
import * as fc from 'fast-check';
import { evaluate, type AccessRequest } from '../../../local/iam/evaluate.ts';
import { UnsupportedPolicy } from '../../../local/iam/unsupported-policy.ts';
import { matchesArn, matchesPattern } from '../../../local/iam/wildcard.ts';

const ROLE = 'arn:aws:iam::000000000000:role/writer';
const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/orders';

const policy = (...statements: object[]): object => ({ Version: '2012-10-17', Statement: statements });
const allow = (more: object): object => ({ Effect: 'Allow', Action: '*', Resource: '*', ...more });
const deny = (more: object): object => ({ Effect: 'Deny', Action: '*', Resource: '*', ...more });
const ask = (policies: readonly object[], more: Partial<AccessRequest> = {}) =>
  evaluate({
    policies,
    action: 'dynamodb:PutItem',
    resource: TABLE,
    principalArn: ROLE,
    context: {},
    ...more,
  });

describe('IAM policy evaluation', () => {
  it('denies what nothing allows', () => {
    expect(ask([])).to.equal('implicit deny');
    expect(ask([policy(allow({ Action: 'dynamodb:GetItem' }))])).to.equal('implicit deny');
  });

  it('lets a deny win over any allow, in whatever order and document', () => {
    const statements = fc.shuffledSubarray(
      [allow({}), deny({}), allow({ Action: 'dynamodb:*' }), allow({ Resource: TABLE })],
      {
        minLength: 4,
      },
    );
    fc.assert(
      fc.property(statements, fc.boolean(), (order, apart) => {
        const policies = apart ? order.map((one) => policy(one)) : [policy(...order)];
        expect(ask(policies)).to.equal('explicit deny');
      }),
    );
  });

  it('takes action names in any case, and ARNs only in their own', () => {
    expect(ask([policy(allow({ Action: 'DynamoDB:putitem' }))])).to.equal('allow');
    expect(ask([policy(allow({ Resource: TABLE.toUpperCase() }))])).to.equal('implicit deny');
  });

  it('reads NotAction and NotResource as everything else', () => {
    expect(ask([policy({ Effect: 'Allow', NotAction: 'dynamodb:Put*', Resource: '*' })])).to.equal(
      'implicit deny',
    );
    expect(ask([policy({ Effect: 'Allow', NotAction: 's3:*', Resource: '*' })])).to.equal('allow');
    expect(ask([policy({ Effect: 'Allow', Action: '*', NotResource: `${TABLE}*` })])).to.equal(
      'implicit deny',
    );
  });

  it('matches the wildcards that API Gateway authorizers return', () => {
    const arn = 'arn:aws:execute-api:us-east-1:000000000000:abc/live/GET/orders/7';
    const ask = (Resource: string) =>
      evaluate({
        policies: [policy(allow({ Resource }))],
        action: 'execute-api:Invoke',
        resource: arn,
        context: {},
      });
    expect(ask('arn:aws:execute-api:*:*:*/*/GET/*')).to.equal('allow');
    expect(ask('arn:aws:execute-api:us-east-1:000000000000:abc/live/GET/orders/?')).to.equal('allow');
    expect(ask('arn:aws:execute-api:us-east-1:000000000000:abc/live/PUT/*')).to.equal('implicit deny');
  });

  describe('conditions', () => {
    const other = { Condition: { ArnNotEquals: { 'aws:PrincipalArn': ROLE } } };

    it('except the one writer from a deny', () => {
      expect(ask([policy(deny(other), allow({}))])).to.equal('allow');
      expect(ask([policy(deny(other), allow({}))], { principalArn: `${ROLE}2` })).to.equal('explicit deny');
    });

    it('hold for an absent key only where they are negated', () => {
      const nobody = { policies: [policy(deny(other))], action: 'a:b', resource: '*', context: {} };
      expect(evaluate(nobody)).to.equal('explicit deny');
      const like = { Condition: { ArnLike: { 'aws:PrincipalArn': '*' } } };
      expect(evaluate({ ...nobody, policies: [policy(allow(like))] })).to.equal('implicit deny');
    });

    it('take any of several values, or for a negated operator none', () => {
      const values = { 'aws:PrincipalArn': ['arn:aws:iam::000000000000:role/x', ROLE] };
      expect(ask([policy(allow({ Condition: { StringEquals: values } }))])).to.equal('allow');
      expect(ask([policy(allow({ Condition: { StringNotEquals: values } }))])).to.equal('implicit deny');
      expect(
        ask([policy(allow({ Condition: { StringNotLike: { 'aws:principalarn': '*/read?r' } } }))]),
      ).to.equal('allow');
    });

    for (const [what, statement] of Object.entries({
      'an unknown operator': deny({ Condition: { NumericLessThan: { 'aws:PrincipalArn': '1' } } }),
      'an unknown key': deny({ Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } }),
      'a policy variable': allow({ Resource: `${TABLE}/\${aws:username}` }),
      'an unknown element': allow({ NotPrincipal: '*' }),
      'no action': { Effect: 'Allow', Resource: '*' },
      'an unknown effect': allow({ Effect: 'Maybe' }),
    })) {
      it(`refuse ${what} instead of guessing`, () => {
        expect(() => ask([policy(allow({}), statement)])).to.throw(UnsupportedPolicy);
      });
    }
  });

  describe('principals', () => {
    const only = (Principal: unknown) => ask([policy(allow({ Principal }))]);

    it('are everybody, one role, or its account', () => {
      for (const principal of ['*', { AWS: '*' }, { AWS: [ROLE] }, { AWS: '000000000000' }]) {
        expect(only(principal)).to.equal('allow');
      }
      expect(only({ AWS: `${ROLE}2` })).to.equal('implicit deny');
      expect(only({ Service: 'lambda.amazonaws.com' })).to.equal('implicit deny');
    });
  });
});

describe('IAM wildcards', () => {
  it('match as the regular expression of the same meaning does', () => {
    const piece = fc
      .array(fc.constantFrom('a', 'b', '*', '?', '/'), { maxLength: 12 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(piece, piece, (pattern, text) => {
        const reference = pattern.replaceAll('*', '[^]*').replaceAll('?', '[^]');
        expect(matchesPattern(pattern, text)).to.equal(new RegExp(`^${reference}$`).test(text));
      }),
    );
  });

  it('take no exponential time', () => {
    const started = performance.now();
    expect(matchesPattern('*a'.repeat(30), 'a'.repeat(29) + 'b'.repeat(2000))).to.equal(false);
    expect(performance.now() - started).to.be.below(500);
  });

  it('of a condition do not reach over the colons of an ARN', () => {
    expect(matchesArn('arn:aws:iam::*:role/writer', ROLE)).to.equal(true);
    expect(matchesArn('arn:aws:iam:*:role/writer', ROLE)).to.equal(false);
  });
});
