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

/** Keeps the test users of the pools as the tenant files name them, by the calls an operator would make. */
export class TestUsers {
  readonly #args: SeedArgs;
  readonly #made = new Map<string, TenantUsers['users']>();

  constructor(args: SeedArgs) {
    this.#args = args;
  }

  async follow(tenants: readonly TenantUsers[], rows: readonly RegistryRow[]): Promise<void> {
    const changed = tenants.filter(({ slug, users }) => !isDeepStrictEqual(this.#made.get(slug), users));
    await Promise.all(
      changed.map(async (tenant) => {
        const row = rows.find(({ slug }) => slug === tenant.slug);
        if (!row) throw new Error(`tenant ${tenant.slug} has no registry row`);
        await this.#replace(tenant, poolOf(row));
        this.#made.set(tenant.slug, tenant.users);
      }),
    );
    for (const slug of this.#made.keys()) {
      if (!tenants.some((tenant) => tenant.slug === slug)) this.#made.delete(slug);
    }
  }

  /** A changed user is made anew: its groups and attributes are then exactly the file's. */
  async #replace(tenant: TenantUsers, poolId: string): Promise<void> {
    const before = this.#made.get(tenant.slug) ?? {};
    for (const [name, user] of Object.entries(before)) {
      if (isDeepStrictEqual(user, tenant.users[name])) continue;
      await this.#args.cognito.send(new AdminDeleteUserCommand({ UserPoolId: poolId, Username: name }));
    }
    const added = Object.entries(tenant.users).filter(
      ([name, user]) => !isDeepStrictEqual(user, before[name]),
    );
    await Promise.all(added.map(([name, user]) => this.#create(tenant, poolId, name, user)));
  }

  async #create({ slug, kind }: TenantUsers, poolId: string, name: string, user: TestUser): Promise<void> {
    const { cognito, password, writers } = this.#args;
    const who = { UserPoolId: poolId, Username: name };
    const { User } = await cognito.send(
      new AdminCreateUserCommand({
        ...who,
        MessageAction: 'SUPPRESS',
        UserAttributes: kind === 'saasTenant' ? [{ Name: 'custom:tenant_id', Value: slug }] : [],
      }),
    );
    await cognito.send(new AdminSetUserPasswordCommand({ ...who, Password: password, Permanent: true }));
    for (const group of user.groups ?? []) {
      await cognito.send(new AdminAddUserToGroupCommand({ ...who, GroupName: group }));
    }
    const sub = User?.Attributes?.find((attribute) => attribute.Name === 'sub')?.Value;
    if (!sub) throw new Error(`the pool of ${slug} gave ${name} no sub`);
    await writers[kind]?.put(slug, sub, user.attributes ?? {});
  }
}
