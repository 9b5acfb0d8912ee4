import { json, optionalJson, optionalText, text, type Json } from '../../aws/input.ts';
import { AwsError } from '../../aws/service.ts';
import { invalidParameter, notFound } from '../errors.ts';
import { oneOf, refuseOthers } from '../fields.ts';
import { page } from '../paging.ts';
import type { IdentityProvider, UserPool } from '../pool.ts';
import { findPool, seconds, type State } from '../state.ts';
import type { Operations } from './operations.ts';

const PARAMETERS = ['UserPoolId', 'ProviderName', 'ProviderDetails', 'AttributeMapping'];
/** API Reference, CreateIdentityProvider. `_` at the start is kept for the service. */
const NAME = /^[^_\p{Z}][\p{L}\p{M}\p{S}\p{N}\p{P}][^_\p{Z}]*$/u;
const MAX_NAME = 32;
const DETAILS = [
  'client_id',
  'client_secret',
  'attributes_request_method',
  'oidc_issuer',
  'authorize_scopes',
];

/** OpenID Connect providers that users of a pool sign in at. Others, such as SAML, are not spoken here. */
export function identityProviderOperations(state: State): Operations {
  return {
    CreateIdentityProvider(input) {
      refuseOthers(input, [...PARAMETERS, 'ProviderType']);
      oneOf(text(input, 'ProviderType'), ['OIDC'], 'ProviderType');
      const pool = findPool(state, input);
      const name = text(input, 'ProviderName');
      if (!NAME.test(name) || name.length > MAX_NAME || name === 'COGNITO')
        throw invalidParameter('Invalid ProviderName');
      if (pool.identityProviders.has(name))
        throw new AwsError('DuplicateProviderException', `A provider named ${name} already exists.`);
      const now = state.now();
      const made = { name, sequence: state.nextSequence(), createdAt: now, modifiedAt: now };
      const provider = { ...made, ...readSettings(pool, input) };
      pool.identityProviders.set(name, provider);
      return { IdentityProvider: described(pool, provider) };
    },
    DescribeIdentityProvider(input) {
      const pool = findPool(state, input);
      return { IdentityProvider: described(pool, findProvider(pool, input)) };
    },
    UpdateIdentityProvider(input) {
      refuseOthers(input, PARAMETERS);
      const pool = findPool(state, input);
      const { name, sequence, createdAt } = findProvider(pool, input);
      const provider = { name, sequence, createdAt, modifiedAt: state.now(), ...readSettings(pool, input) };
      pool.identityProviders.set(name, provider);
      return { IdentityProvider: described(pool, provider) };
    },
    ListIdentityProviders(input) {
      const pool = findPool(state, input);
      const names = { limit: 'MaxResults', token: 'NextToken' };
      const list = `providers/${pool.id}`;
      const { entries, nextToken } = page(list, pool.identityProviders.values(), input, names);
      return { Providers: entries.map((one) => summary(one)), NextToken: nextToken };
    },
    DeleteIdentityProvider(input) {
      const pool = findPool(state, input);
      pool.identityProviders.delete(findProvider(pool, input).name);
      return {};
    },
  };
}

function findProvider({ identityProviders }: UserPool, input: Json): IdentityProvider {
  const name = text(input, 'ProviderName');
  const provider = identityProviders.get(name);
  if (!provider) throw notFound(`Identity provider ${name} does not exist.`);
  return provider;
}

type Settings = Omit<IdentityProvider, 'name' | 'sequence' | 'createdAt' | 'modifiedAt'>;

function readSettings({ attributes }: UserPool, input: Json): Settings {
  const details = json(input, 'ProviderDetails');
  refuseOthers(details, DETAILS, 'ProviderDetails.');
  const scopes = text(details, 'authorize_scopes');
  if (!scopes.split(' ').includes('openid')) throw invalidParameter('authorize_scopes must include openid');
  const mapping = optionalJson(input, 'AttributeMapping') ?? {};
  const attributeMapping = Object.fromEntries(
    Object.keys(mapping).map((name) => [name, text(mapping, name)]),
  );
  const unknown = Object.keys(attributeMapping).find((name) => name !== 'username' && !attributes.has(name));
  if (unknown !== undefined) throw invalidParameter(`Invalid attribute mapping: ${unknown} is no attribute`);
  return {
    issuer: readIssuer(text(details, 'oidc_issuer')),
    clientId: text(details, 'client_id'),
    clientSecret: text(details, 'client_secret'),
    scopes,
    attributesRequestMethod:
      oneOf(text(details, 'attributes_request_method'), ['GET', 'POST'], 'attributes_request_method') ??
      'GET',
    attributeMapping,
  };
}

/** Cognito Developer Guide, "Adding OIDC identity providers": `https`, port 443 or 80, no slash at its end. */
function readIssuer(issuer: string): string {
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined;
  if (
    url?.protocol !== 'https:' ||
    !['', '80'].includes(url.port) ||
    url.search ||
    url.hash ||
    issuer.endsWith('/')
  )
    throw invalidParameter('Invalid oidc_issuer');
  return issuer;
}

const summary = ({ name, createdAt, modifiedAt }: IdentityProvider): Json => ({
  ProviderName: name,
  ProviderType: 'OIDC',
  CreationDate: seconds(createdAt),
  LastModifiedDate: seconds(modifiedAt),
});

const described = (pool: UserPool, provider: IdentityProvider): Json => ({
  ...summary(provider),
  UserPoolId: pool.id,
  ProviderDetails: {
    client_id: provider.clientId,
    client_secret: provider.clientSecret,
    attributes_request_method: provider.attributesRequestMethod,
    oidc_issuer: provider.issuer,
    authorize_scopes: provider.scopes,
  },
  AttributeMapping: {
    ...provider.attributeMapping,
    // What a user is called there (API Reference, CreateIdentityProvider).
    username: optionalText(provider.attributeMapping, 'username') ?? 'sub',
  },
});
