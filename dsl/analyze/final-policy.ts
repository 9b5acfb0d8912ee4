import type { Policy } from '../../cedar/ast.ts';

/**
 * A policy with the ids that requests have: those of the tenant's own principals and groups carry its prefix, as they
 * are printed.
 */
export function finalPolicy(policy: Policy, prefix: string): Policy;
export function finalPolicy(policy: object, prefix: string): object {
  return withIds(policy, prefix);
}

function withIds(part: object, prefix: string): object {
  const inner = (each: unknown): unknown =>
    typeof each === 'object' && each !== null ? withIds(each, prefix) : each;
  if (Array.isArray(part)) return part.map(inner);
  if ('owned' in part && part.owned === true && 'id' in part && 'type' in part) {
    return { type: part.type, id: `${prefix}|${String(part.id)}` };
  }
  return Object.fromEntries(Object.entries(part).map(([name, each]) => [name, inner(each)]));
}
