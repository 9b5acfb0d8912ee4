import { expect } from 'chai';
import { validate } from '../../cedar/engine.ts';
import { cedarSchema } from '../../dsl/schema/cedar-schema.ts';
import { gatewaySchema } from '../../dsl/schema/gateway-schema.ts';
import { loadModel } from '../../dsl/schema/model.ts';

describe('the vocabulary of api/openapi.yaml', () => {
  it('is a schema that Cedar takes, full and for the gateway', () => {
    const model = loadModel();
    for (const schema of [cedarSchema(model), gatewaySchema(model)]) {
      expect(validate({ schema, policies: { all: 'permit(principal, action, resource);' } })).to.deep.equal(
        [],
      );
    }
  });

  it('has the operations that the examples of this project are about', () => {
    const { actions, principalTypes } = loadModel();
    expect(Object.keys(actions).length).to.be.at.least(25);
    expect(actions['PUT /customer/user/{id}']?.route?.key).to.equal('putCustomerUser');
    expect(actions['POST /transfers']).to.deep.include({ principals: ['User'], resources: ['Account'] });
    expect(actions['ViewTransferButton']?.route).to.equal(undefined);
    for (const { attributes } of Object.values(principalTypes)) {
      expect(attributes).to.include.keys('tenant', 'kind', 'suspended');
    }
  });
});
