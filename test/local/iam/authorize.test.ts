import { expect } from 'chai';
import { AwsError } from '../../../local/aws/service.ts';
import { createIam } from '../../../local/iam/authorize.ts';
import { iamResources } from '../../../local/iam/resources.ts';

const SECURITY = 'arn:aws:iam::000000000000:role/security';
const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/orders';
const iam = createIam({ account: '000000000000', securityRoleArn: SECURITY });
const statement = (more: object): object => ({
  Effect: 'Allow',
  Action: 'dynamodb:PutItem',
  Resource: TABLE,
  ...more,
});
const onlyThisRoleWrites = (role: string): object => ({
  Statement: [
    statement({ Effect: 'Deny', Principal: '*', Condition: { ArnNotEquals: { 'aws:PrincipalArn': role } } }),
  ],
});
const onlySecurityWrites = onlyThisRoleWrites(SECURITY);

function refusal(accessKeyId: string, resourcePolicy?: object): string {
  try {
    iam.authorize({ caller: { accessKeyId }, action: 'dynamodb:PutItem', resource: TABLE, resourcePolicy });
    return 'allowed';
  } catch (error) {
    expect(error).to.be.instanceOf(AwsError).with.property('code', 'AccessDeniedException');
    return error instanceof AwsError ? error.message : '';
  }
}

describe('A call to the embedded cloud', () => {
  before(() => {
    iam.roles.create('reader', '{"Statement":[]}');
    iam.roles.create('writer', '{"Statement":[]}');
    iam.roles.putPolicy('writer', 'rights', JSON.stringify({ Statement: statement({}) }));
  });

  it('is judged by the inline policies of the role that the access key id names', () => {
    expect(refusal('writer')).to.equal('allowed');
    expect(refusal('reader')).to.equal(
      `User: arn:aws:sts::000000000000:assumed-role/reader/local is not authorized to perform: dynamodb:PutItem on resource: ${TABLE} because no identity-based policy allows the dynamodb:PutItem action`,
    );
  });

  it('acts as the security role under any other key, for which guards of resources hold all the same', () => {
    expect(refusal('somebody')).to.equal('allowed');
    expect(refusal('somebody', onlySecurityWrites)).to.equal('allowed');
    const onlyWriter = onlyThisRoleWrites('arn:aws:iam::000000000000:role/writer');
    expect(refusal('somebody', onlyWriter)).to.contain('with an explicit deny in a resource-based policy');
  });

  it('is refused by the guard of a resource although the role has the right', () => {
    expect(refusal('writer', onlySecurityWrites)).to.contain(
      'with an explicit deny in a resource-based policy',
    );
  });

  it('is allowed by the policy of a resource alone', () => {
    expect(refusal('reader', { Statement: statement({ Principal: { AWS: '000000000000' } }) })).to.equal(
      'allowed',
    );
  });

  it('is refused, with the reason, where a condition cannot be judged', () => {
    const guard = {
      Statement: statement({
        Effect: 'Deny',
        Principal: '*',
        Condition: { StringEquals: { 'aws:SourceVpc': 'v' } },
      }),
    };
    expect(refusal('writer', guard)).to.contain('the condition key aws:SourceVpc is not supported');
  });
});

describe('A role', () => {
  it('may be assumed by the services that its trust policy names', () => {
    const trust = {
      Statement: {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: 'lambda.amazonaws.com' },
      },
    };
    iam.roles.create('runner', JSON.stringify(trust));
    expect(iam.mayAssume('runner', 'lambda.amazonaws.com')).to.equal(true);
    expect(iam.mayAssume('runner', 'ec2.amazonaws.com')).to.equal(false);
    expect(iam.mayAssume('nobody', 'lambda.amazonaws.com')).to.equal(false);
  });

  it('with a policy that nobody could evaluate is refused when it is made', async () => {
    const policy = JSON.stringify({
      Statement: statement({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } }),
    });
    const handler = iamResources(iam.roles)['aws:iam/rolePolicy:RolePolicy'];
    const error = await handler
      ?.create({ role: 'writer', policy }, 'broken')
      .catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(AwsError).with.property('code', 'MalformedPolicyDocument');
  });
});
