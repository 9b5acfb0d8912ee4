import { json, optionalJson, optionalText, text, type Json } from '../aws/input.ts';
import type { AwsJsonService, Caller } from '../aws/service.ts';
import { observed, observedText } from '../program/observed.ts';
import { present } from '../program/present.ts';
import type { ResourceHandlers } from '../program/resource.ts';

export interface VerifiedPermissionsResourcesArgs {
  readonly verifiedPermissions: AwsJsonService;
  /** On whose behalf stores and schemas are made. */
  readonly deployer: Caller;
}

/** Policy stores with their schemas and identity sources. Policies are no resources: the policy sync writes them. */
export function verifiedPermissionsResources({
  verifiedPermissions,
  deployer,
}: VerifiedPermissionsResourcesArgs): ResourceHandlers {
  const call = async (operation: string, input: Json): Promise<Json> => ({
    ...(await verifiedPermissions.call(operation, input, deployer)),
  });
  const putSchema = async (policyStoreId: string, cedarJson: string): Promise<readonly unknown[]> => {
    const { namespaces } = await call('PutSchema', { policyStoreId, definition: { cedarJson } });
    return Array.isArray(namespaces) ? namespaces : [];
  };

  return {
    'aws:verifiedpermissions/policyStore:PolicyStore': {
      inputs: ['validationSettings', 'description', 'deletionProtection', 'tags'],
      replaceOn: [],
      async create(inputs) {
        const made = await call('CreatePolicyStore', {
          ...settings(inputs),
          tags: optionalJson(inputs, 'tags'),
        });
        const policyStoreId = text(made, 'policyStoreId');
        return { id: policyStoreId, state: { ...inputs, policyStoreId, arn: text(made, 'arn') } };
      },
      async update(id, inputs, state) {
        await call('UpdatePolicyStore', { policyStoreId: id, ...settings(inputs) });
        const resourceArn = text(state, 'arn');
        const tags = optionalJson(inputs, 'tags') ?? {};
        const gone = Object.keys(optionalJson(state, 'tags') ?? {}).filter((key) => !(key in tags));
        await call('UntagResource', { resourceArn, tagKeys: gone });
        await call('TagResource', { resourceArn, tags });
        return { ...inputs, policyStoreId: id, arn: resourceArn };
      },
      async read(id, inputs, state) {
        const store = await present(call('GetPolicyStore', { policyStoreId: id, tags: true }));
        return store && { inputs: observed(inputs, store), state: { ...state, ...observed(state, store) } };
      },
      async delete(id) {
        await call('DeletePolicyStore', { policyStoreId: id });
      },
    },
    'aws:verifiedpermissions/schema:Schema': {
      inputs: ['policyStoreId', 'definition'],
      replaceOn: ['policyStoreId'],
      async create(inputs) {
        const id = text(inputs, 'policyStoreId');
        return { id, state: { ...inputs, namespaces: await putSchema(id, schemaText(inputs)) } };
      },
      async update(id, inputs) {
        return { ...inputs, namespaces: await putSchema(id, schemaText(inputs)) };
      },
      async read(id, inputs, state) {
        const stored = await present(call('GetSchema', { policyStoreId: id }));
        if (!stored) return undefined;
        const actual: unknown = JSON.parse(text(stored, 'schema'));
        const definition = { value: observedText(optionalJson(inputs, 'definition')?.['value'], actual) };
        const now = observed(inputs, { policyStoreId: id, definition });
        return { inputs: now, state: { ...state, ...now } };
      },
      async delete(id) {
        await putSchema(id, '{}');
      },
    },
    'aws:verifiedpermissions/identitySource:IdentitySource': {
      inputs: ['policyStoreId', 'configuration', 'principalEntityType'],
      replaceOn: ['policyStoreId'],
      async create(inputs) {
        const made = await call('CreateIdentitySource', inputs);
        return {
          id: `${text(inputs, 'policyStoreId')}:${text(made, 'identitySourceId')}`,
          state: { ...inputs, ...identityOf(made) },
        };
      },
      async update(_id, inputs, state) {
        const { configuration: updateConfiguration, ...others } = inputs;
        await call('UpdateIdentitySource', { ...others, ...identityOf(state), updateConfiguration });
        return { ...inputs, ...identityOf(state) };
      },
      async read(_id, inputs, state) {
        const source = await present(call('GetIdentitySource', identityOf(state)));
        return (
          source && { inputs: observed(inputs, source), state: { ...state, ...observed(state, source) } }
        );
      },
      async delete(_id, state) {
        await present(call('DeleteIdentitySource', identityOf(state)));
      },
    },
  };
}

/** All of them, because an update leaves what it does not name. */
const settings = (inputs: Json): Json => ({
  validationSettings: json(inputs, 'validationSettings'),
  description: optionalText(inputs, 'description') ?? '',
  deletionProtection: optionalText(inputs, 'deletionProtection') ?? 'DISABLED',
});

const identityOf = (state: Json): Json => ({
  policyStoreId: text(state, 'policyStoreId'),
  identitySourceId: text(state, 'identitySourceId'),
});

const schemaText = (inputs: Json): string => text(json(inputs, 'definition'), 'value');
