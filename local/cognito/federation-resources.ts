import { json, text, type Json } from '../aws/input.ts';
import { observed } from '../program/observed.ts';
import { present } from '../program/present.ts';
import type { ResourceHandler, ResourceHandlers } from '../program/resource.ts';

type Call = (operation: string, input: Json) => Promise<Json>;

/** The domains of pools, and the identity providers that their users sign in at. */
export const federationResources = (call: Call): ResourceHandlers => ({
  'aws:cognito/userPoolDomain:UserPoolDomain': userPoolDomain(call),
  'aws:cognito/identityProvider:IdentityProvider': identityProvider(call),
});

const userPoolDomain = (call: Call): ResourceHandler => ({
  inputs: ['domain', 'userPoolId'],
  replaceOn: ['domain', 'userPoolId'],
  async create(inputs) {
    const domain = text(inputs, 'domain');
    await call('CreateUserPoolDomain', { Domain: domain, UserPoolId: text(inputs, 'userPoolId') });
    return { id: domain, state: inputs };
  },
  async update(_id, inputs) {
    return inputs;
  },
  async read(id, inputs, state) {
    const { DomainDescription } = await call('DescribeUserPoolDomain', { Domain: id });
    const description = json({ DomainDescription }, 'DomainDescription');
    if (description['UserPoolId'] === undefined) return undefined;
    const now = observed(inputs, { domain: id, userPoolId: description['UserPoolId'] });
    return { inputs: now, state: { ...state, ...now } };
  },
  async delete(id, state) {
    await call('DeleteUserPoolDomain', { Domain: id, UserPoolId: text(state, 'userPoolId') });
  },
});

const identityProvider = (call: Call): ResourceHandler => ({
  inputs: ['userPoolId', 'providerName', 'providerType', 'providerDetails', 'attributeMapping'],
  replaceOn: ['userPoolId', 'providerName', 'providerType'],
  async create(inputs) {
    await call('CreateIdentityProvider', {
      ...settings(inputs),
      ProviderType: text(inputs, 'providerType'),
    });
    return { id: `${text(inputs, 'userPoolId')}:${text(inputs, 'providerName')}`, state: inputs };
  },
  async update(_id, inputs) {
    await call('UpdateIdentityProvider', settings(inputs));
    return inputs;
  },
  async read(_id, inputs, state) {
    const found = await present(call('DescribeIdentityProvider', keyOf(state)));
    if (!found) return undefined;
    const provider = json(found, 'IdentityProvider');
    const now = observed(inputs, {
      userPoolId: provider['UserPoolId'],
      providerName: provider['ProviderName'],
      providerType: provider['ProviderType'],
      providerDetails: provider['ProviderDetails'],
      attributeMapping: provider['AttributeMapping'],
    });
    return { inputs: now, state: { ...state, ...now } };
  },
  async delete(_id, state) {
    await call('DeleteIdentityProvider', keyOf(state));
  },
});

const keyOf = (inputs: Json): Json => ({
  UserPoolId: text(inputs, 'userPoolId'),
  ProviderName: text(inputs, 'providerName'),
});

const settings = (inputs: Json): Json => ({
  ...keyOf(inputs),
  ProviderDetails: inputs['providerDetails'],
  AttributeMapping: inputs['attributeMapping'],
});
