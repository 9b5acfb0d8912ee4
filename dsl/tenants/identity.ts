/** Who may sign in to a tenant, where that is not a pool of its own users. */

/** Marks what `oidcIssuer(…)` and `federatedWith(…)` make. */
export const identityMark: unique symbol = Symbol('identity');

/** A user pool whose people sign in at the company's own identity provider. */
export interface FederatedIdentity {
  readonly kind: 'federated';
  /** As the provider's tokens name it: `https://corp.okta.com`. */
  readonly issuer: string;
  /** What the user pool is to the provider. */
  readonly clientId: string;
  readonly scopes: readonly string[];
}

export const CLIENT_ID_CLAIMS = ['client_id', 'azp', 'cid', 'aud'] as const;
/** Where tokens name the application that they were issued to: `cid` is Okta's word. */
export type ClientIdClaim = (typeof CLIENT_ID_CLAIMS)[number];

/** Any OpenID Connect issuer, whose tokens come to the API as they are. */
export interface IssuerIdentity {
  readonly kind: 'issuer';
  readonly issuer: string;
  /** Applications whose tokens count. */
  readonly clients: readonly string[];
  readonly clientIdClaim?: ClientIdClaim;
  /** What access tokens for the API name in `aud`. */
  readonly audience?: string;
  /** Where the issuer's keys are. Absent: where its discovery document says. */
  readonly jwksUri?: string;
  /** Principal attribute -> claim. Nothing else that the issuer says of a person counts. */
  readonly claims: Readonly<Record<string, string>>;
  /** The claim with the names of the tenant's own groups. Absent: nobody is in a group. */
  readonly groupsClaim?: string;
}

export type Identity = FederatedIdentity | IssuerIdentity;
