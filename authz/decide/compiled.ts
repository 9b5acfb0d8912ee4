import { LRUCache } from 'lru-cache';
import type { Policy } from '../../cedar/ast.ts';
import { parsePolicy, type PreparedPolicies, preparePolicies } from '../../cedar/engine.ts';
import { policyFromJson } from '../../cedar/from-json.ts';
import type { GatewayFacts } from '../../cedar/gateway-facts.ts';
import { printPolicy } from '../../cedar/print.ts';
import { projectPolicy } from '../../cedar/project.ts';
import { scopeAncestors, type SliceKey, sliceFor } from '../../cedar/slice.ts';
import type { Snapshot } from './snapshot.ts';

/** A snapshot made ready to be asked. */
export interface Compiled {
  /** The policies that can matter to requests of this key, parsed once. */
  slice(key: SliceKey): PreparedPolicies;
}

interface Entry extends Pick<Policy, 'id' | 'principal' | 'action' | 'resource'> {
  readonly text: string;
}

/** Slices kept: of an API's operations, those of the few combinations of groups that are common. */
const SLICES = 1_000;

/**
 * Parses every policy of a snapshot. One that cannot be read refuses the whole: left out, it might be a forbid.
 * @param name tells apart what the engine keeps of different tenants and phases
 * @param facts given for the gateway phase, where policies may read nothing else
 * @throws EngineError or PolicyError
 */
export function compile(name: string, { policies }: Snapshot, facts: GatewayFacts | undefined): Compiled {
  const entries = policies.flatMap(({ id, statement }): Entry[] => {
    const parsed = parsePolicy(statement);
    if (!parsed.ok) throw new Error(`policy ${id} does not parse`);
    const policy = policyFromJson(parsed.json, id);
    if (!facts) return [{ ...policy, text: statement }];
    const projected = projectPolicy(policy, facts);
    // The ids of principals and groups are final in a published statement, so that no prefix is added.
    return projected ? [{ ...projected, text: printPolicy(projected, { prefix: '' }) }] : [];
  });
  const named = scopeAncestors(entries);
  const slices = new LRUCache<string, PreparedPolicies>({ max: SLICES });

  return {
    slice(key) {
      // Groups that no scope names make no difference: with them, every person would have a slice of their own.
      const ancestors = [...key.ancestors].filter((group) => named.has(group)).toSorted();
      const id = JSON.stringify([key.principalType, ancestors, [...key.actions], key.resourceType]);
      const known = slices.get(id);
      if (known) return known;
      const made = preparePolicies(`${name} ${id}`, sliceFor(entries, key));
      slices.set(id, made);
      return made;
    },
  };
}
