import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminSetUserPasswordCommand,
  type CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { isDeepStrictEqual } from 'node:util';
import type { RegistryRow } from '../../authz/tables/registry.ts';
import type { Identity } from '../../dsl/tenants/identity.ts';
import type { TestUser } from '../../dsl/tenants/tenant.ts';
import type { TenantUsers } from '../program/messages.ts';
import type { Issuers } from '../oidc/issuers.ts';
import { subOf } from '../oidc/directory.ts';
import { tenancyOf } from './people.ts';
import { poolOf } from './registry-rows.ts';

/** Where a tenant's token hook finds a user's attributes. */
export interface SubjectWriter {
  put(slug: string, sub: string, user: TestUser): Promise<void>;
}

export interface SeedArgs {
  readonly cognito: CognitoIdentityProviderClient;
  readonly password: string;
  readonly issuers: Pick<Issuers, 'put' | 'keepOnly'>;
  readonly writers: { readonly [K in TenantUsers['kind']]?: SubjectWriter };
}

/** Undefined: begun, and not known to be finished. */
type MadeUsers = Map<string, TestUser | undefined>;

/** Keeps the test users as the tenant files name them, by the calls an operator would make. */
export class TestUsers {
  readonly #args: SeedArgs;
  /** By pool: a tenant whose pool was replaced has no users yet. */
  readonly #made = new Map<string, MadeUsers>();

  constructor(args: SeedArgs) {
    this.#args = args;
  }

  async follow(tenants: readonly TenantUsers[], rows: readonly RegistryRow[]): Promise<void> {
    const pools = new Set(rows.map(poolOf));
    for (const pool of this.#made.keys()) if (!pools.has(pool)) this.#made.delete(pool);
    this.#args.issuers.keepOnly(tenants.flatMap(({ slug, identity }) => (identity ? [slug] : [])));
    await Promise.all(
      tenants.map(async (tenant) => {
        if (tenant.identity) return this.#followElsewhere(tenant, tenant.identity);
        const row = rows.find(({ slug }) => slug === tenant.slug);
        const pool = row && poolOf(row);
        if (pool === undefined) throw new Error(`tenant ${tenant.slug} has no registry row of a user pool`);
        return this.#followTenant(tenant, pool);
      }),
    );
  }

  /** At the tenant's own issuer; the platform's records know its people by what they are there. */
  async #followElsewhere({ slug, kind, users }: TenantUsers, identity: Identity): Promise<void> {
    const { issuers, writers } = this.#args;
    await issuers.put(identity.issuer, slug, tenancyOf(identity, users));
    if (identity.kind === 'issuer') return;
    const people = Object.entries(users);
    await Promise.all(people.map(async ([name, user]) => writers[kind]?.put(slug, subOf(slug, name), user)));
  }

  /** A changed user is made anew: its groups and attributes are then exactly the file's. */
  async #followTenant(tenant: TenantUsers, pool: string): Promise<void> {
    const made: MadeUsers = this.#made.get(pool) ?? new Map<string, TestUser | undefined>();
    this.#made.set(pool, made);
    for (const [name, user] of made) {
      if (user !== undefined && isDeepStrictEqual(user, tenant.users[name])) continue;
      await this.#args.cognito.send(new AdminDeleteUserCommand({ UserPoolId: pool, Username: name }));
      made.delete(name);
    }
    const added = Object.entries(tenant.users).filter(([name]) => !made.has(name));
    await Promise.all(added.map(([name, user]) => this.#create(tenant, pool, made, name, user)));
  }

  async #create(
    { slug, kind }: TenantUsers,
    pool: string,
    made: MadeUsers,
    name: string,
    user: TestUser,
  ): Promise<void> {
    const { cognito, password, writers } = this.#args;
    const who = { UserPoolId: pool, Username: name };
    const { User } = await cognito.send(
      new AdminCreateUserCommand({
        ...who,
        MessageAction: 'SUPPRESS',
        UserAttributes: kind === 'saasTenant' ? [{ Name: 'custom:tenant_id', Value: slug }] : [],
      }),
    );
    made.set(name, undefined);
    await cognito.send(new AdminSetUserPasswordCommand({ ...who, Password: password, Permanent: true }));
    for (const group of user.groups ?? []) {
      await cognito.send(new AdminAddUserToGroupCommand({ ...who, GroupName: group }));
    }
    const sub = User?.Attributes?.find((attribute) => attribute.Name === 'sub')?.Value;
    if (!sub) throw new Error(`the pool of ${slug} gave ${name} no sub`);
    await writers[kind]?.put(slug, sub, user);
    made.set(name, user);
  }
}
