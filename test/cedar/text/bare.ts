import type { Policy } from '../../../cedar/ast.ts';

/** A policy without its places. */
export function bare<T extends Policy>(policy: T): T {
  return strip(policy);
}

function strip<T>(value: T): T;
function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => strip(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => (name === 'at' ? [] : [[name, strip(inner)]])),
  );
}
