import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { deployerPolicy, LEFT_OUT } from '../../../tools/descriptions/deployer-policy.ts';
import { readAuthorization } from './authorization.ts';
import { DESCRIBED } from './resources.ts';

interface Policy {
  readonly Statement: readonly {
    readonly Action: readonly string[];
    readonly Resource: '*' | readonly string[];
    readonly Condition?: object;
  }[];
}

describe('the policy of whoever deploys', () => {
  const authorization = readAuthorization();
  const file = new URL('../../../docs/deployer-policy.json', import.meta.url);
  const policy: Policy = JSON.parse(readFileSync(file, 'utf8'));
  const granted = new Set(policy.Statement.flatMap(({ Action }) => Action));

  it('is the one that the registered types of resources come to', () => {
    expect(policy).to.deep.equal(deployerPolicy(authorization));
  });

  it('grants every operation by which a resource is made', () => {
    const operations = Object.entries(DESCRIBED)
      .filter(([type]) => type.startsWith('aws:'))
      .flatMap(([, { by }]) => by.filter((one) => !one.startsWith('AWS::')));
    // Of API Gateway, rights are HTTP methods. Items are the security role's.
    const actions = operations
      .filter((one) => !one.startsWith('apigateway') && one !== 'dynamodb.PutItem')
      .map((one) => one.replace('.', ':'));
    expect(actions.filter((action) => !granted.has(action))).to.deep.equal([]);
    expect([...granted]).to.include.members(
      ['GET', 'PUT', 'POST', 'PATCH', 'DELETE'].map((one) => `apigateway:${one}`),
    );
  });

  it('writes no item itself', () => {
    const items = ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'PartiQLInsert'];
    for (const item of items) expect(granted.has(`dynamodb:${item}`), item).to.equal(false);
  });

  it('has * for a resource only of actions that take no ARN, and passes roles to Lambda alone', () => {
    for (const { Action, Resource, Condition } of policy.Statement) {
      if (Resource === '*')
        for (const action of Action) expect(authorization.actions[action], action).to.deep.equal([]);
      if (Action.includes('iam:PassRole'))
        expect(Condition).to.deep.equal({ StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } });
    }
  });

  it('leaves out only what CloudFormation asks for', () => {
    const asked = new Set(Object.values(authorization.handlers).flat());
    expect(
      Object.values(LEFT_OUT)
        .flat()
        .filter((action) => !asked.has(action)),
    ).to.deep.equal([]);
  });

  it('fits into one managed policy, as the guide says', () => {
    const size = JSON.stringify(policy).replaceAll(/\s/g, '').length;
    expect(size).to.be.at.most(6144);
    const guide = readFileSync(new URL('../../../docs/first-stack.md', import.meta.url), 'utf8');
    expect(guide).to.include(`: ${(size / 1000).toFixed(1)} kB`);
  });
});
