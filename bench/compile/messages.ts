import type { Samples } from '../samples.ts';

export interface CompileArgs {
  /** Of a synthetic project. */
  readonly root: string;
  /** File of its model, as JSON. */
  readonly model: string;
  /** How often a tenant is edited. */
  readonly edits: number;
}

/** Milliseconds, unless said otherwise. */
export interface Compiled {
  readonly tenants: number;
  /** Guardrails included. */
  readonly policies: number;
  /** Distinct ones, without the gateway's. */
  readonly schemas: number;
  /** From source to validated Cedar, by a process that has done nothing before. */
  readonly cold: number;
  /** The most that this process had in memory until then. */
  readonly megabytes: number;
  /** All tenants again, none of them changed. */
  readonly unchanged: Samples;
  /** What a tenant adds to that when one of its policies has changed, or all of them. */
  readonly onePolicy: Samples;
  readonly allPolicies: Samples;
  /** The engine alone: one tenant's stored text, that of all, and the part of it that the gateway enforces. */
  readonly engineTenant: Samples;
  readonly engineStored: number;
  readonly engineGateway: number;
}
