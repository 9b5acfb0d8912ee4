import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminSetUserPasswordCommand,
  type CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { isDeepStrictEqual } from 'node:util';
import type { RegistryRow } from '../../authz/tables/registry.ts';
import type { TestUser } from '../../dsl/tenants/tenant.ts';
import type { TenantUsers } from '../program/messages.ts';
import { poolOf } from './registry-rows.ts';

/** Where a tenant's token hook finds a user's attributes. */
export interface SubjectWriter {
  put(slug: string, sub: string, attributes: NonNullable<TestUser['attributes']>): Promise<void>;
}

export interface SeedArgs {
  readonly cognito: CognitoIdentityProviderClient;
  readonly password: string;
  readonly writers: { readonly [K in TenantUsers['kind']]?: SubjectWriter };
}

/** Undefined: begun, and not known to be finished. */
type MadeUsers = Map<string, TestUser | undefined>;

/** Keeps the test users of the pools as the tenant files name them, by the calls an operator would make. */
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
    await Promise.all(
      tenants.map(async (tenant) => {
        const row = rows.find(({ slug }) => slug === tenant.slug);
        if (!row) throw new Error(`tenant ${tenant.slug} has no registry row`);
        await this.#followTenant(tenant, poolOf(row));
      }),
    );
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
    await writers[kind]?.put(slug, sub, user.attributes ?? {});
    made.set(name, user);
  }
}
