import type { ClientMetadata, JWKS } from 'oidc-provider';
// Its index would tell everybody, on the terminal, which Node it wants next year.
import { Provider } from 'oidc-provider/lib/provider.js';
import { adapterFactory } from './adapter.ts';
import type { Directory } from './directory.ts';

export interface ProviderArgs {
  /** As its tokens name it: the issuer on the internet. */
  readonly issuer: string;
  readonly directory: Directory;
  readonly clientOf: (id: string) => ClientMetadata | undefined;
  readonly keys: JWKS;
  readonly cookieKey: string;
  /** Of the issuer, without a slash at its end. */
  readonly path: string;
}

const TOKEN_SECONDS = 15 * 60;

/** A real OpenID provider. Applications are trusted by their owner: nobody is asked for consent. */
export function createProvider(args: ProviderArgs): Provider {
  const { issuer, directory, clientOf, keys, cookieKey, path } = args;
  const resourceOf = (clientId: string): string | undefined => {
    const audience = directory.applicationOf(clientId)?.audience;
    return audience === undefined ? undefined : asResource(audience);
  };
  const provider = new Provider(issuer, {
    adapter: adapterFactory(clientOf),
    jwks: keys,
    cookies: { keys: [cookieKey] },
    claims: { openid: ['sub', ...new Set(directory.claimNames())] },
    // Everything in the ID token, as most providers do, whatever the scopes.
    conformIdTokenClaims: false,
    scopes: ['openid', 'profile', 'email'],
    async findAccount(_, sub) {
      const person = directory.personBySub(sub);
      return person && { accountId: sub, claims: async () => ({ ...person.claims, sub }) };
    },
    interactions: { url: (_, { uid }) => `${path}/interaction/${uid}` },
    async loadExistingGrant({ oidc: { client, session, provider: own } }) {
      const { clientId } = client!;
      const grant = new own.Grant({ clientId, accountId: session!.accountId! });
      grant.addOIDCScope('openid profile email');
      const resource = resourceOf(clientId);
      if (resource !== undefined) grant.addResourceScope(resource, '');
      await grant.save();
      return grant;
    },
    pkce: { required: (_, client) => client.clientAuthMethod === 'none' },
    extraTokenClaims(_, token) {
      if (!('accountId' in token) || token.clientId === undefined) return undefined;
      const person = directory.personBySub(token.accountId);
      const { clientIdClaim = 'client_id' } = directory.applicationOf(token.clientId) ?? {};
      return { ...person?.claims, [clientIdClaim]: token.clientId };
    },
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: (_, client) => resourceOf(client.clientId) ?? [],
        useGrantedResource: () => true,
        getResourceServerInfo: (_, _resource, { clientId }) => ({
          scope: '',
          audience: directory.applicationOf(clientId)?.audience ?? '',
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    ttl: {
      AccessToken: TOKEN_SECONDS,
      IdToken: TOKEN_SECONDS,
      Session: TOKEN_SECONDS,
      Grant: TOKEN_SECONDS,
      Interaction: TOKEN_SECONDS,
    },
  });
  // Whoever asks for the documents on behalf of the internet says so in headers; see `route.ts`.
  provider.proxy = true;
  return provider;
}

/** Resources are absolute URIs (RFC 8707); audiences may be any text. */
const asResource = (audience: string): string =>
  URL.canParse(audience) ? audience : `urn:audience:${encodeURIComponent(audience)}`;
