/** The attribute that says where a federated user signed in; only the service writes it. */
export const IDENTITIES = 'identities';

/**
 * As the attribute and the claim of ID tokens carry it (Cognito Developer Guide, "Linking federated users"). The
 * issuer stands there for SAML providers only.
 */
export type Identity = {
  /** The user's `sub` at the provider. */
  readonly userId: string;
  readonly providerName: string;
  readonly providerType: 'OIDC';
  readonly primary: 'true';
  /** Epoch milliseconds. */
  readonly dateCreated: string;
};

export const identityOf = (providerName: string, userId: string, now: number): Identity => ({
  userId,
  providerName,
  providerType: 'OIDC',
  primary: 'true',
  dateCreated: String(now),
});

/** The attribute's text; see `identityOf`. */
export function readIdentities(text: string): readonly Identity[] {
  const identities: readonly Identity[] = JSON.parse(text);
  return identities;
}
