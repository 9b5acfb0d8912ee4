import { LRUCache } from 'lru-cache';
import type { Policy } from '../../cedar/ast.ts';
import { parsePolicy, type PreparedPolicies, preparePolicies } from '../../cedar/engine.ts';
import { policyFromJson } from '../../cedar/from-json.ts';
import { gatewayFacts } from '../../cedar/gateway-facts.ts';
import type { Model } from '../../cedar/model.ts';
import { printPolicy } from '../../cedar/print.ts';
import { scopeAncestors, type SliceKey, sliceFor } from '../../cedar/slice.ts';
import { certainPart } from '../../cedar/token-facts.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * The gateway phase decides by what can be known there, the backend phase by everything: two texts of each policy, of
 * which the gateway's may be missing because nothing of the policy can be decided there. When a token is issued, what is
 * certain of the gateway's can be decided already.
 */
export type Phase = 'gateway' | 'backend' | 'token';

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
 * @param slug tells apart what the engine keeps of different tenants
 * @throws EngineError or PolicyError
 */
export function compile(slug: string, { policies }: Snapshot, phase: Phase, model: Model): Compiled {
  const facts = phase === 'token' ? gatewayFacts(model) : undefined;
  const entries = policies.flatMap(({ id, statement, gatewayStatement }): Entry[] => {
    const text = phase === 'backend' ? statement : gatewayStatement;
    if (text === undefined) return [];
    const parsed = parsePolicy(text);
    if (!parsed.ok) throw new Error(`policy ${id} does not parse`);
    const policy = policyFromJson(parsed.json, id);
    if (!facts) return [{ ...policy, text }];
    const certain = certainPart(policy, facts);
    // Every id in the text is whole: no prefix is missing.
    return certain ? [{ ...certain, text: printPolicy(certain, { prefix: '' }) }] : [];
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
      const made = preparePolicies(`${slug} ${phase} ${id}`, sliceFor(entries, key));
      slices.set(id, made);
      return made;
    },
  };
}
