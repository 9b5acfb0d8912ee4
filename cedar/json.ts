import type { Policy } from './ast.ts';

/** Data with integers as `{ long: "…" }`: what a JSON text can carry. */
type Plain<T> = T extends bigint
  ? { readonly long: string }
  : T extends object
    ? { readonly [Key in keyof T]: Plain<T[Key]> }
    : T;

/** A policy that can leave the process it was made in; `policyFromPlain` reads it back. */
export type PlainPolicy = Plain<Policy>;

/** A policy as JSON data. Imports nothing of Node: it runs where tenant files run. */
export function policyToPlain(policy: Policy): PlainPolicy {
  const plain: PlainPolicy = JSON.parse(
    JSON.stringify(policy, (_name, value: unknown) =>
      typeof value === 'bigint' ? { long: value.toString() } : value,
    ),
  );
  return plain;
}

export { policyFromPlain } from './from-plain.ts';
