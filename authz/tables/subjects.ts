import type { ClaimValue } from '../enrich/claim-value.ts';

/** The subjects table: attributes that token hooks add. Written by the security role or an onboarding API. */

export interface SubjectRow {
  /** `<slug>` */
  readonly pk: string;
  /** `user#<sub>`, of a federated tenant the `sub` at its provider; `client#<client id>` */
  readonly sk: string;
  /** Principal attribute -> value. */
  readonly attributes: Readonly<Record<string, ClaimValue>>;
  readonly suspended?: boolean;
  /** Of federated tenants, whose people are nobody to the pool before they first sign in. */
  readonly groups?: readonly string[];
}

export const subjectKey = {
  user: (slug: string, sub: string) => ({ pk: slug, sk: `user#${sub}` }),
  client: (slug: string, clientId: string) => ({ pk: slug, sk: `client#${clientId}` }),
};
