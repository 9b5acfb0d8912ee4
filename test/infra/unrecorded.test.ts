import { expect } from 'chai';
import { remedyFor } from '../../infra/unrecorded.ts';

const URN = 'urn:pulumi:dev::cedarwright::cedarwright:infra:X$';

describe('what is said of a resource that is there without a record', () => {
  for (const [type, inputs, id, takeOver, remove] of [
    ['aws:cognito/userPool:UserPool', {}, 'pool-1', 'pool-1', 'delete-user-pool --user-pool-id pool-1'],
    [
      'aws:verifiedpermissions/policyStore:PolicyStore',
      {},
      's',
      's',
      'delete-policy-store --policy-store-id s',
    ],
    ['aws:dynamodb/table:Table', { name: 't' }, undefined, 't', undefined],
    ['aws:cognito/userGroup:UserGroup', { userPoolId: 'p', name: 'g' }, undefined, 'p/g', undefined],
    [
      'aws:dynamodb/tableItem:TableItem',
      {
        tableName: 't',
        hashKey: 'pk',
        rangeKey: 'sk',
        item: '{"pk":{"S":"a"},"sk":{"S":"b"},"x":{"S":"c"}}',
      },
      undefined,
      undefined,
      `delete-item --table-name t --key '{"pk":{"S":"a"},"sk":{"S":"b"}}'`,
    ],
  ] as const) {
    it(`has the command that mends it: ${type}`, () => {
      const urn = `${URN}${type}::thing`;
      const said = remedyFor({ urn, type, inputs, ...(id && { id }) });
      expect(said).to.match(/^thing: it is there already/);
      if (takeOver)
        expect(said).to.include(`--import-pending-creates '${urn}' --import-pending-creates '${takeOver}'`);
      else expect(said).not.to.include('Take it over');
      if (remove) expect(said).to.include(remove);
      else expect(said).not.to.include('Or delete it');
      expect(said).to.match(/Then: pulumi up$/);
    });
  }
});
