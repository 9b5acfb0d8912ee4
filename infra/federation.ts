import { createHash } from 'node:crypto';
import * as pulumi from '@pulumi/pulumi';
import {
  IdentityProvider,
  type UserPool,
  type UserPoolClientArgs,
  UserPoolDomain,
} from '@pulumi/aws/cognito/index.js';
import type { FederatedIdentity } from '../dsl/tenants/identity.ts';
import type { Account } from './account.ts';
import { physicalName } from './names.ts';

export interface FederationArgs {
  readonly identity: FederatedIdentity;
  /** What the pool proves itself with to the provider. */
  readonly secret: pulumi.Input<string>;
  /** Where applications may be sent back to. */
  readonly callbackUrls: readonly string[];
}

/** What a pool is called by its own clients and in the names of its users: `IdP_00u1…`. */
const PROVIDER = 'IdP';

/** Lets the people of a pool sign in at their company's identity provider. @returns what the pool's client needs */
export function federate(
  name: string,
  slug: string,
  pool: UserPool,
  account: Account,
  { identity, secret, callbackUrls }: FederationArgs,
  parent: pulumi.Resource,
): { readonly client: Partial<UserPoolClientArgs>; readonly dependsOn: readonly pulumi.Resource[] } {
  const domain = new UserPoolDomain(
    `${name}-domain`,
    { domain: account.id.apply((id) => signInDomain(slug, id)), userPoolId: pool.id },
    { parent },
  );
  const provider = new IdentityProvider(
    `${name}-provider`,
    {
      userPoolId: pool.id,
      providerName: PROVIDER,
      providerType: 'OIDC',
      providerDetails: {
        client_id: identity.clientId,
        client_secret: secret,
        oidc_issuer: identity.issuer,
        authorize_scopes: identity.scopes.join(' '),
        attributes_request_method: 'GET',
      },
      attributeMapping: { username: 'sub', email: 'email' },
    },
    { parent },
  );
  return {
    client: {
      // No password of the pool's own: whoever leaves the company is out with the next refresh.
      explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      supportedIdentityProviders: [PROVIDER],
      allowedOauthFlowsUserPoolClient: true,
      // By code alone, with PKCE: the implicit flow shows tokens in addresses.
      allowedOauthFlows: ['code'],
      // Without aws.cognito.signin.user.admin, by which its holder could change the profile.
      allowedOauthScopes: ['openid', 'email', 'profile'],
      callbackUrls: [...callbackUrls],
    },
    dependsOn: [domain, provider],
  };
}

/**
 * The prefix of the host that serves the sign-in pages: `https://<prefix>.auth.<region>.amazoncognito.com`. All
 * accounts of a Region share the names, at most 63 characters long; the hash is of what makes this one's its own.
 */
export const signInDomain = (slug: string, accountId: string): string =>
  `${slug}-${createHash('sha256')
    .update(`${accountId}/${physicalName(slug)}`)
    .digest('hex')
    .slice(0, 12)}`;
