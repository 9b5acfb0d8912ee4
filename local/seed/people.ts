import type { Identity, IssuerIdentity } from '../../dsl/tenants/identity.ts';
import type { TestUser } from '../../dsl/tenants/tenant.ts';
import type { Tenancy } from '../oidc/directory.ts';
import type { TenantUsers } from '../program/messages.ts';

type Users = TenantUsers['users'];

/** What a tenant's issuer knows of its test users. */
export const tenancyOf = (identity: Identity, users: Users): Tenancy =>
  identity.kind === 'issuer'
    ? {
        clientIds: identity.clients,
        application: {
          clientIdClaim: identity.clientIdClaim ?? 'client_id',
          ...(identity.audience !== undefined && { audience: identity.audience }),
        },
        people: mapValues(users, (user) => claimsOf(identity, user)),
        ...(identity.jwksUri !== undefined && { jwksUri: identity.jwksUri }),
      }
    : // What the provider says of rights counts for nothing: the subjects table has it.
      { clientIds: [identity.clientId], people: mapValues(users, () => ({})) };

/** Attributes by the claims that the tenant's file names for them. */
function claimsOf({ claims, groupsClaim }: IssuerIdentity, { attributes = {}, groups }: TestUser) {
  const given = Object.entries(attributes).flatMap(([name, value]) => {
    const claim = claims[name];
    return claim === undefined ? [] : [[claim, value] as const];
  });
  return {
    ...Object.fromEntries(given),
    ...(groupsClaim !== undefined && groups && { [groupsClaim]: groups }),
  };
}

const mapValues = <A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
