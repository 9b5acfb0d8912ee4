export interface CloudSettings {
  /** Folder that holds `tenants/`. */
  readonly root: string;
  /** Of all test users. */
  readonly password: string;
  /** Config keys of the stack that differ from the embedded cloud's own. */
  readonly config: Readonly<Record<string, string>>;
}

export type FromCloud =
  | {
      readonly kind: 'ready';
      readonly gatewayUrl: string;
      readonly endpointUrl: string;
      readonly backendUrl: string;
    }
  | CloudUpdate;

/** What became of a change of the tenant files. */
export interface CloudUpdate {
  readonly kind: 'updated';
  /** When it was noticed: epoch milliseconds. */
  readonly noticedAt: number;
  /** From there until the policies are published. */
  readonly milliseconds: number;
}
