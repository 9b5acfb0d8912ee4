import { expect } from 'chai';
import { remedyFor } from '../../infra/unrecorded.ts';

const URN = 'urn:pulumi:dev::cedarwright::cedarwright:infra:X$';

describe('what is said of a resource that is there without a record', () => {
  for (const [type, inputs, id, command] of [
    ['aws:cognito/userPool:UserPool', {}, 'pool-1', 'cognito-idp delete-user-pool --user-pool-id pool-1'],
    [
      'aws:verifiedpermissions/policyStore:PolicyStore',
      {},
      's',
      'verifiedpermissions delete-policy-store --policy-store-id s',
    ],
    ['aws:dynamodb/table:Table', { name: 't' }, undefined, 'dynamodb delete-table --table-name t'],
    [
      'aws:cognito/userGroup:UserGroup',
      { userPoolId: 'p', name: 'g' },
      undefined,
      'cognito-idp delete-group --user-pool-id p --group-name g',
    ],
    [
      'aws:dynamodb/tableItem:TableItem',
      {
        tableName: 't',
        hashKey: 'pk',
        rangeKey: 'sk',
        item: '{"pk":{"S":"a"},"sk":{"S":"b"},"x":{"S":"c"}}',
      },
      undefined,
      `dynamodb delete-item --table-name t --key '{"pk":{"S":"a"},"sk":{"S":"b"}}'`,
    ],
  ] as const) {
    it(`has the command that deletes it: ${type}`, () => {
      const said = remedyFor({ urn: `${URN}${type}::thing`, type, inputs, ...(id && { id }) });
      expect(said).to.match(/^thing: it is there already/);
      expect(said).to.include(`Delete it:  aws ${command}\nThen: pulumi up\n`);
      expect(said).to.include(`pulumi import '${type}' 'thing' '${id ?? '<id>'}'`);
    });
  }

  it('has none for what is the same when it is made again', () => {
    const type = 'aws:iam/rolePolicy:RolePolicy';
    expect(remedyFor({ urn: `${URN}${type}::thing`, type, inputs: {} })).not.to.include('Delete it');
  });
});
