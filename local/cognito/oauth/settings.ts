import { optionalFlag, textList, type Json } from '../../aws/input.ts';
import { AwsError } from '../../aws/service.ts';
import { invalidParameter } from '../errors.ts';
import { oneOf } from '../fields.ts';

const FLOWS = ['code', 'client_credentials'] as const;
export type OAuthFlow = (typeof FLOWS)[number];

/** How an application may use the sign-in pages and the token endpoint of its pool. */
export interface OAuthSettings {
  /** Whether it may at all. */
  readonly enabled: boolean;
  readonly flows: readonly OAuthFlow[];
  readonly scopes: readonly string[];
  readonly callbackUrls: readonly string[];
  readonly logoutUrls: readonly string[];
  /** Names of identity providers; `COGNITO` is the pool itself. */
  readonly providers: readonly string[];
}

/** Parameters of a client's creation and update. */
export const OAUTH_PARAMETERS = [
  'AllowedOAuthFlows',
  'AllowedOAuthFlowsUserPoolClient',
  'AllowedOAuthScopes',
  'CallbackURLs',
  'LogoutURLs',
  'SupportedIdentityProviders',
];

/** Those that every pool knows; others belong to its resource servers (API Reference, CreateUserPoolClient). */
const OWN_SCOPES = ['openid', 'email', 'phone', 'profile', 'aws.cognito.signin.user.admin'];
/** API Reference, CreateUserPoolClient: at most this many. */
const MAX_URLS = 100;

/** What a client's settings may name. */
export interface Nameable {
  readonly providers: { has(name: string): boolean };
  /** Of the pool's resource servers. */
  readonly scopes: readonly string[];
}

/** @throws AwsError InvalidParameterException, InvalidOAuthFlowException, ScopeDoesNotExistException */
export function readOAuthSettings(input: Json, known: Nameable): OAuthSettings {
  const enabled = optionalFlag(input, 'AllowedOAuthFlowsUserPoolClient') ?? false;
  const flows = textList(input, 'AllowedOAuthFlows').flatMap(
    (flow) => oneOf(flow, FLOWS, 'AllowedOAuthFlows') ?? [],
  );
  const scopes = textList(input, 'AllowedOAuthScopes');
  if (enabled && (flows.length === 0 || scopes.length === 0))
    throw invalidParameter(
      'AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.',
    );
  if (flows.includes('client_credentials') && flows.length > 1)
    throw new AwsError(
      'InvalidOAuthFlowException',
      'client_credentials flow can not be selected along with code flow or implicit flow.',
    );
  const unknown = scopes.find((scope) => !OWN_SCOPES.includes(scope) && !known.scopes.includes(scope));
  if (unknown !== undefined)
    throw new AwsError('ScopeDoesNotExistException', `The scope ${unknown} does not exist.`);
  const callbackUrls = textList(input, 'CallbackURLs');
  if (enabled && flows.includes('code') && callbackUrls.length === 0)
    throw invalidParameter('At least one callback URL is needed for the code flow');
  return {
    enabled,
    flows,
    scopes,
    callbackUrls: checkUrls(callbackUrls, 'CallbackURLs'),
    logoutUrls: checkUrls(textList(input, 'LogoutURLs'), 'LogoutURLs'),
    providers: checkProviders(known, textList(input, 'SupportedIdentityProviders')),
  };
}

/** "Requires HTTPS over HTTP except for http://localhost for testing purposes only" (CreateUserPoolClient). */
function checkUrls(urls: readonly string[], parameter: string): readonly string[] {
  if (urls.length > MAX_URLS) throw invalidParameter(`${parameter}: at most ${MAX_URLS}`);
  for (const url of urls) {
    const { protocol, hostname, hash } = URL.canParse(url)
      ? new URL(url)
      : { protocol: '', hostname: '', hash: '' };
    const allowed = protocol === 'http:' ? hostname === 'localhost' : protocol !== '';
    if (!allowed || hash !== '' || url.endsWith('#'))
      throw invalidParameter(`${parameter}: ${url} is not allowed`);
  }
  return urls;
}

function checkProviders({ providers }: Nameable, names: readonly string[]): readonly string[] {
  const missing = names.find((name) => name !== 'COGNITO' && !providers.has(name));
  if (missing !== undefined) throw invalidParameter(`The provider ${missing} does not exist for User Pool`);
  return names;
}

export const oauthToWire = ({
  enabled,
  flows,
  scopes,
  callbackUrls,
  logoutUrls,
  providers,
}: OAuthSettings): Json => ({
  AllowedOAuthFlowsUserPoolClient: enabled,
  AllowedOAuthFlows: orAbsent(flows),
  AllowedOAuthScopes: orAbsent(scopes),
  CallbackURLs: orAbsent(callbackUrls),
  LogoutURLs: orAbsent(logoutUrls),
  SupportedIdentityProviders: orAbsent(providers),
});

const orAbsent = (list: readonly string[]): readonly string[] | undefined =>
  list.length > 0 ? list : undefined;
