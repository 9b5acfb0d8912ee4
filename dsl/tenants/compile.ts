import { gatewayFacts } from '../../cedar/gateway-facts.ts';
import type { Model } from '../../cedar/model.ts';
import type { Evaluated } from '../check/run.ts';
import { chunksOf } from './chunks.ts';
import { compileTogether, type Draft } from './compile-together.ts';
import { compiledOf, keyOf, vocabularyOf } from './memory.ts';
import { tenantSchemas } from './schemas.ts';
import type { Tenant } from './tenant.ts';

/** A draft and the key of all that it depends on; none if that is not known, and nothing is to be remembered. */
export interface KeyedDraft {
  readonly draft: Draft;
  readonly key?: string;
}

/** Some 4,000 policies with their places: enough to share the parsing of a schema, and 100 MB. */
const TENANTS_AT_ONCE = 100;

/** Compiles drafts, or remembers what an earlier load made of them. One result a draft, in order. */
export function compileTenants(drafts: readonly KeyedDraft[], model: Model): Evaluated<Tenant>[] {
  const modelKey = keyOf(JSON.stringify(model));
  const vocabulary = vocabularyOf.get(modelKey) ?? {
    model,
    facts: gatewayFacts(model),
    schemasOf: tenantSchemas(model),
  };
  vocabularyOf.set(modelKey, vocabulary);
  const compiled = new Map<Draft, Evaluated<Tenant>>();
  const unknown: KeyedDraft[] = [];
  for (const { draft, key } of drafts) {
    const known = key === undefined ? undefined : { key: keyOf(modelKey, key) };
    const remembered = known && compiledOf.get(known.key);
    if (remembered) compiled.set(draft, remembered);
    else unknown.push({ draft, ...known });
  }
  for (const some of chunksOf(unknown, TENANTS_AT_ONCE)) {
    const results = compileTogether(
      some.map(({ draft }) => draft),
      vocabulary,
    );
    for (const [index, { draft, key }] of some.entries()) {
      const result = results[index]!;
      compiled.set(draft, result);
      if (key !== undefined) compiledOf.set(key, result);
    }
  }
  return drafts.map(({ draft }) => compiled.get(draft)!);
}
