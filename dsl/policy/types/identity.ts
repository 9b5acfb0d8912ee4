import type { ClientIdClaim, identityMark } from '../../tenants/identity.ts';

declare const attributes: unique symbol;
/** What `oidcIssuer(…)` makes. A: principal attributes that it may list. */
export interface OidcIssuer<out A extends string> {
  readonly [identityMark]: 'issuer';
  /** Only in the type. */
  readonly [attributes]?: A;
}

/** What `federatedWith(…)` makes. */
export interface Federation {
  readonly [identityMark]: 'federated';
}

/** Any OpenID Connect issuer, whose tokens come to the API as they are. */
export interface OidcIssuerDefinition<A extends string> {
  /** As the issuer's tokens name it, letter by letter: `https://login.clinic.example`. */
  readonly issuer: string;
  /** Ids of the applications whose tokens count. */
  readonly clients: readonly [string, ...string[]];
  /**
   * Where tokens name the application that they were issued to: `client_id` (RFC 9068), `azp` (Auth0, Keycloak, Entra),
   * `cid` (Okta), `aud`. Default: `client_id` of access tokens, `aud` of ID tokens.
   */
  readonly clientIdClaim?: ClientIdClaim;
  /** What tokens for this API name in `aud`. Needed while access tokens are the grant. */
  readonly audience?: string;
  /** Where the issuer's keys are. Default: where its discovery document says. */
  readonly jwksUri?: string;
  /**
   * Principal attribute -> claim of the token. What is not listed has the default of the API document, or is absent,
   * whatever the token says.
   */
  readonly claims?: Readonly<Partial<Record<NoInfer<A>, string>>>;
  /** The same for the attributes that only this tenant has. */
  readonly ownClaims?: Readonly<Record<string, string>>;
  /** The claim that lists a person's groups, of which the tenant's own count. Without it nobody is in one. */
  readonly groupsClaim?: string;
}

/** The company's own identity provider, at which the people of a user pool sign in. */
export interface FederationDefinition {
  /** `https`, without a slash at its end: `https://corp.okta.com`. */
  readonly issuer: string;
  /** The id that the provider gave the user pool; the secret is the config key `cedarwright:identityProviderSecrets`. */
  readonly clientId: string;
  /** Default: `openid`, `email` and `profile`. */
  readonly scopes?: readonly ['openid', ...string[]];
}
