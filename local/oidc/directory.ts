import { sha256Hex } from '../../cedar/hash.ts';
import type { TestUserValue } from '../../dsl/tenants/tenant.ts';

/** An application that asks the issuer itself for tokens, without a user pool in between. */
export interface Application {
  /** What its access tokens are for; without one they are opaque. */
  readonly audience?: string;
  /** Where its tokens name it. */
  readonly clientIdClaim: string;
}

/** What a tenant has at its issuer. */
export interface Tenancy {
  /** Applications in whose name its people sign in. */
  readonly clientIds: readonly string[];
  /** Absent: the applications are user pools. */
  readonly application?: Application;
  /** Name -> what the issuer says of the person. */
  readonly people: Readonly<Record<string, Readonly<Record<string, TestUserValue>>>>;
  /** Where the issuer's keys are, if not where its discovery document says. */
  readonly jwksUri?: string;
}

export interface Person {
  readonly sub: string;
  readonly claims: Readonly<Record<string, TestUserValue>>;
}

/** Who can sign in at one issuer. */
export interface Directory {
  put(slug: string, tenancy: Tenancy): void;
  /** A tenant has no people here any more. */
  forget(slug: string): void;
  applicationOf(clientId: string): Application | undefined;
  /** Of the tenants that an application belongs to: two of them may each have an alice. */
  personOf(clientId: string, name: string): Person | undefined;
  personBySub(sub: string): Person | undefined;
  /** Of everything that is said of anybody. */
  claimNames(): readonly string[];
  servesKeysAt(url: string): boolean;
}

export function createDirectory(): Directory {
  const tenancies = new Map<string, Tenancy>();
  const tenancyOf = (clientId: string): [string, Tenancy] | undefined =>
    [...tenancies].find(([, { clientIds }]) => clientIds.includes(clientId));
  return {
    put: (slug, tenancy) => void tenancies.set(slug, tenancy),
    forget: (slug) => void tenancies.delete(slug),
    applicationOf: (clientId) => tenancyOf(clientId)?.[1].application,
    personOf(clientId, name) {
      const [slug, tenancy] = tenancyOf(clientId) ?? [];
      if (slug === undefined || !tenancy || !Object.hasOwn(tenancy.people, name)) return undefined;
      return personOf(slug, name, tenancy.people[name]!);
    },
    personBySub: (sub) =>
      [...tenancies]
        .flatMap(([slug, { people }]) =>
          Object.entries(people).map(([name, claims]) => personOf(slug, name, claims)),
        )
        .find((person) => person.sub === sub),
    claimNames: () =>
      [...tenancies.values()].flatMap(({ people }) =>
        Object.values(people).flatMap((claims) => [...OWN_CLAIMS, ...Object.keys(claims)]),
      ),
    servesKeysAt: (url) => [...tenancies.values()].some(({ jwksUri }) => jwksUri === url),
  };
}

const OWN_CLAIMS = ['email', 'email_verified', 'name'];

const personOf = (slug: string, name: string, claims: Person['claims']): Person => ({
  sub: subOf(slug, name),
  claims: { name, email: `${name}@${slug}.example`, email_verified: true, ...claims },
});

/** In the form of Okta's own, and the same after a restart: other systems know people by it. */
export const subOf = (slug: string, name: string): string =>
  `00u${sha256Hex(`${slug}/${name}`).slice(0, 17)}`;
