import type { Identity } from '../../dsl/tenants/identity.ts';
import type { Tenant, TenantKind, TestUser } from '../../dsl/tenants/tenant.ts';
import type { Created, Properties } from './resource.ts';

/** What the program's process and the embedded cloud say to each other, over Node's IPC channel. */
export type ToProgram =
  | { readonly kind: 'run'; readonly stack: string; readonly config: Readonly<Record<string, string>> }
  | ({ readonly kind: 'registered'; readonly call: number } & Created)
  | { readonly kind: 'invoked'; readonly call: number; readonly result: Properties }
  | { readonly kind: 'failed'; readonly call: number; readonly message: string };

export type FromProgram =
  | { readonly kind: 'warm' }
  | {
      readonly kind: 'register';
      readonly call: number;
      readonly type: string;
      readonly name: string;
      readonly inputs: Properties;
    }
  | { readonly kind: 'invoke'; readonly call: number; readonly token: string; readonly args: Properties }
  | Ended;

export interface Ended {
  readonly kind: 'ended';
  /** What the program says is wrong with its input. Absent when it ran to its end. */
  readonly message?: string;
  readonly tenants: readonly TenantUsers[];
  /** Whether the process is fit for another run. */
  readonly again: boolean;
}

/** The test users of a tenant and where they sign in: no resources, so nothing that the program registers. */
export interface TenantUsers {
  readonly slug: string;
  readonly kind: TenantKind;
  readonly users: Readonly<Record<string, TestUser>>;
  readonly identity?: Identity;
}

export const usersOf = ({ slug, kind, users, identity }: Tenant): TenantUsers => ({
  slug,
  kind,
  users,
  ...(identity && { identity }),
});
