import type { Policy } from '../../cedar/ast.ts';
import { scopeHash, sha256Hex } from '../../cedar/hash.ts';
import { PolicyError } from '../../cedar/policy-error.ts';
import { printPolicy } from '../../cedar/print.ts';
import type { StorePolicy } from './policy-store.ts';
import { readPolicy } from './read-policy.ts';

const HASH_DIGITS = 16;
/** No id of ours has an underscore, so a hold's name is never a policy's. */
const HOLD = 'hold_';
/** The text names whole ids already: nothing is owned, so nothing gets a prefix. */
const AS_WRITTEN = { prefix: '' };

/**
 * A policy under the name it has in a store. A permit keeps its name while effect and scope are the same, because then
 * Verified Permissions can replace its condition in place; a forbid never does, so that a changed one is made beside
 * the old one.
 */
export function storePolicy(id: string, statement: string): StorePolicy {
  const policy = readPolicy(id, statement);
  const hash =
    policy.effect === 'permit' ? scopeHash(policy, AS_WRITTEN) : sha256Hex(statement).slice(0, HASH_DIGITS);
  return { id, name: `name/${id}-${hash}`, effect: policy.effect, statement };
}

/** A forbid of everything in a policy's scope. */
export function holdOn(policy: Policy): StorePolicy {
  const hold: Policy = { ...policy, effect: 'forbid', clauses: [], annotations: {} };
  const name = `name/${HOLD}${scopeHash(hold, AS_WRITTEN)}`;
  return { id: HOLD, name, effect: 'forbid', statement: printPolicy(hold, AS_WRITTEN) };
}

/** The text as a policy; undefined when this code cannot read it, as a policy made by somebody else may be. */
export function readStored(statement: string | undefined): Policy | undefined {
  if (statement === undefined) return undefined;
  try {
    return readPolicy('stored', statement);
  } catch (error) {
    if (error instanceof PolicyError) return undefined;
    throw error;
  }
}

/** Whether two texts are one policy to a store, which can replace a condition only. */
export function haveSameScope(a: string, b: string): boolean {
  const [first, second] = [readStored(a), readStored(b)];
  return (
    first !== undefined &&
    second !== undefined &&
    scopeHash(first, AS_WRITTEN) === scopeHash(second, AS_WRITTEN)
  );
}
