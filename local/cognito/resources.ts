import { isJson, json, optionalJson, optionalText, text, type Json } from '../aws/input.ts';
import type { AwsJsonService, Caller } from '../aws/service.ts';
import { observed } from '../program/observed.ts';
import { present } from '../program/present.ts';
import { federationResources } from './federation-resources.ts';
import { resourceServer } from './resource-server-resource.ts';
import type { ResourceHandler, ResourceHandlers } from '../program/resource.ts';

export interface CognitoResourcesArgs {
  readonly cognito: AwsJsonService;
  /** On whose behalf pools, clients and groups are made. */
  readonly deployer: Caller;
}

type Call = (operation: string, input: Json) => Promise<Json>;

/** User pools and all that belongs to them, except users, which are no resources. */
export function cognitoResources({ cognito, deployer }: CognitoResourcesArgs): ResourceHandlers {
  const call: Call = async (operation, input) => ({ ...(await cognito.call(operation, input, deployer)) });
  return {
    'aws:cognito/userPool:UserPool': userPool(call),
    'aws:cognito/userPoolClient:UserPoolClient': userPoolClient(call),
    'aws:cognito/userGroup:UserGroup': userGroup(call),
    ...federationResources(call),
    'aws:cognito/resourceServer:ResourceServer': resourceServer(call),
  };
}

const userPool = (call: Call): ResourceHandler => ({
  inputs: [
    'name',
    'userPoolTier',
    'schemas',
    'lambdaConfig',
    'adminCreateUserConfig',
    'passwordPolicy',
    'deletionProtection',
    'usernameConfiguration',
    'accountRecoverySetting',
    'tags',
  ],
  replaceOn: ['schemas', 'usernameConfiguration'],
  async create(inputs, logicalName) {
    const name = optionalText(inputs, 'name') ?? logicalName;
    const fixed = {
      Schema: asApi(inputs['schemas']),
      UsernameConfiguration: asApi(inputs['usernameConfiguration']),
    };
    const made = await call('CreateUserPool', { ...poolSettings(inputs), PoolName: name, ...fixed });
    const pool = json(made, 'UserPool');
    const [id, arn] = [text(pool, 'Id'), text(pool, 'Arn')];
    const endpoint = `cognito-idp.${id.slice(0, id.indexOf('_'))}.amazonaws.com/${id}`;
    return { id, state: { ...inputs, name, arn, endpoint } };
  },
  async update(id, inputs, state) {
    const name = optionalText(inputs, 'name') ?? optionalText(state, 'name');
    await call('UpdateUserPool', { ...poolSettings(inputs), PoolName: name, UserPoolId: id });
    return { ...inputs, name, arn: state['arn'], endpoint: state['endpoint'] };
  },
  async read(id, inputs, state) {
    const found = await present(call('DescribeUserPool', { UserPoolId: id }));
    if (!found) return undefined;
    const { policies, userPoolTags, ...pool } = asProvider(json(found, 'UserPool'));
    const actual = { ...pool, ...(isJson(policies) && policies), tags: userPoolTags };
    return { inputs: observed(inputs, actual), state: { ...state, ...observed(inputs, actual) } };
  },
  async delete(id) {
    await call('DeleteUserPool', { UserPoolId: id });
  },
});

const poolSettings = (inputs: Json): Json => ({
  UserPoolTier: inputs['userPoolTier'],
  LambdaConfig: asApi(inputs['lambdaConfig']),
  AdminCreateUserConfig: asApi(inputs['adminCreateUserConfig']),
  Policies: { PasswordPolicy: asApi(inputs['passwordPolicy']) },
  DeletionProtection: inputs['deletionProtection'],
  AccountRecoverySetting: asApi(inputs['accountRecoverySetting']),
  UserPoolTags: optionalJson(inputs, 'tags'),
});

const CLIENT_SETTINGS = [
  'explicitAuthFlows',
  'accessTokenValidity',
  'idTokenValidity',
  'refreshTokenValidity',
  'tokenValidityUnits',
  'preventUserExistenceErrors',
  'enableTokenRevocation',
  'readAttributes',
  'writeAttributes',
  'allowedOauthFlows',
  'allowedOauthFlowsUserPoolClient',
  'allowedOauthScopes',
  'callbackUrls',
  'logoutUrls',
  'supportedIdentityProviders',
];

const userPoolClient = (call: Call): ResourceHandler => ({
  inputs: ['name', 'userPoolId', 'generateSecret', ...CLIENT_SETTINGS],
  replaceOn: ['userPoolId', 'generateSecret'],
  async create(inputs, logicalName) {
    const name = optionalText(inputs, 'name') ?? logicalName;
    const made = await call('CreateUserPoolClient', {
      ...clientSettings(inputs),
      ClientName: name,
      GenerateSecret: inputs['generateSecret'],
    });
    const client = json(made, 'UserPoolClient');
    const clientSecret = optionalText(client, 'ClientSecret') ?? '';
    return { id: text(client, 'ClientId'), state: { ...inputs, name, clientSecret } };
  },
  async update(id, inputs, state) {
    const name = optionalText(inputs, 'name') ?? optionalText(state, 'name');
    await call('UpdateUserPoolClient', { ...clientSettings(inputs), ClientName: name, ClientId: id });
    return { ...inputs, name, clientSecret: state['clientSecret'] };
  },
  async read(id, inputs, state) {
    const UserPoolId = text(state, 'userPoolId');
    const found = await present(call('DescribeUserPoolClient', { UserPoolId, ClientId: id }));
    if (!found) return undefined;
    const { clientName, ...client } = asProvider(json(found, 'UserPoolClient'));
    const now = observed(inputs, { ...client, name: clientName });
    return { inputs: now, state: { ...state, ...now } };
  },
  async delete(id, state) {
    await call('DeleteUserPoolClient', { UserPoolId: text(state, 'userPoolId'), ClientId: id });
  },
});

function clientSettings(inputs: Json): Json {
  const settings = Object.entries(inputs).filter(([name]) => CLIENT_SETTINGS.includes(name));
  return { UserPoolId: text(inputs, 'userPoolId'), ...asApiObject(Object.fromEntries(settings)) };
}

const userGroup = (call: Call): ResourceHandler => ({
  inputs: ['name', 'userPoolId', 'description', 'precedence'],
  replaceOn: ['name', 'userPoolId'],
  async create(inputs, logicalName) {
    const name = optionalText(inputs, 'name') ?? logicalName;
    await call('CreateGroup', groupSettings(inputs, name));
    return { id: `${text(inputs, 'userPoolId')}/${name}`, state: { ...inputs, name } };
  },
  async update(_id, inputs, state) {
    await call('UpdateGroup', groupSettings(inputs, text(state, 'name')));
    return { ...inputs, name: state['name'] };
  },
  async read(_id, inputs, state) {
    const key = { UserPoolId: text(state, 'userPoolId'), GroupName: text(state, 'name') };
    const found = await present(call('GetGroup', key));
    if (!found) return undefined;
    const { groupName, ...group } = asProvider(json(found, 'Group'));
    const now = observed(inputs, { ...group, name: groupName });
    return { inputs: now, state: { ...state, ...now } };
  },
  async delete(_id, state) {
    await call('DeleteGroup', { UserPoolId: text(state, 'userPoolId'), GroupName: text(state, 'name') });
  },
});

const groupSettings = (inputs: Json, name: string): Json => ({
  UserPoolId: text(inputs, 'userPoolId'),
  GroupName: name,
  Description: inputs['description'],
  Precedence: inputs['precedence'],
});

type Rename = (name: string) => string;

/** The provider's names are the API's, but for their first letter and for abbreviations. */
const upper: Rename = (name) =>
  (name.charAt(0).toUpperCase() + name.slice(1)).replace('Oauth', 'OAuth').replace(/Urls$/, 'URLs');
const lower: Rename = (name) =>
  (name.charAt(0).toLowerCase() + name.slice(1)).replace('OAuth', 'Oauth').replace(/URLs$/, 'Urls');

const asApi = (value: unknown): unknown => renamed(value, upper);
const asApiObject = (value: Json): Json => renamedObject(value, upper);
const asProvider = (value: Json): Json => renamedObject(value, lower);

function renamed(value: unknown, rename: Rename): unknown {
  if (Array.isArray(value)) return value.map((item) => renamed(item, rename));
  return isJson(value) ? renamedObject(value, rename) : value;
}

const renamedObject = (value: Json, rename: Rename): Json =>
  Object.fromEntries(Object.entries(value).map(([name, inner]) => [rename(name), renamed(inner, rename)]));
