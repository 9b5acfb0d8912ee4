import { LRUCache } from 'lru-cache';
import { sha256Hex } from '../../cedar/hash.ts';
import { type Finding, validate } from '../../cedar/validate.ts';
import { EngineError } from '../../cedar/wasm.ts';
import type { StoreSchema } from '../tenants/tenant.ts';

/** A policy as it is stored, and as it is without its tenant's prefix. */
export interface PolicyTexts {
  readonly text: string;
  readonly unprefixed: string;
}

/** What the strict validator says of a text, whatever the policy's id. */
type Said = Omit<Finding, 'policyId'>;

/** Texts of some 1,000 tenants, under both of their schemas. */
const KEPT = 50_000;
/**
 * By schema and text, on which alone an answer depends. A call costs the parsing of its schema (10 ms at 100 operations,
 * 100 at 1,000) and about 1 ms a policy, so a text is asked about once, together with as many others as there are.
 */
const said = new LRUCache<string, readonly Said[]>({ max: KEPT });

/**
 * Validates many policies of one schema in two calls, so that `findingsOf` need not make one for each.
 * Tenants share most texts once the prefix is gone, and the validator never reads what differs: of an entity it looks at
 * the type, and whether two ids are equal, which a prefix in all of them does not change. Only those that it has
 * something to say of are validated as they are stored, for words and offsets that fit.
 */
export function foresee(schema: StoreSchema, policies: readonly PolicyTexts[]): void {
  learn(
    schema,
    policies.map(({ unprefixed }) => unprefixed),
  );
  const doubtful = policies.filter(({ unprefixed }) => (recall(schema, unprefixed)?.length ?? 0) > 0);
  learn(
    schema,
    doubtful.map(({ text }) => text),
  );
}

/** What the strict validator says of a policy's stored text. @throws {EngineError} as `validate` */
export function findingsOf(schema: StoreSchema, { text, unprefixed }: PolicyTexts): readonly Said[] {
  return ask(schema, unprefixed).length === 0 ? [] : ask(schema, text);
}

const keyOf = ({ sha256 }: StoreSchema, text: string): string => `${sha256} ${sha256Hex(text)}`;

const recall = (schema: StoreSchema, text: string): readonly Said[] | undefined =>
  said.get(keyOf(schema, text));

function ask(schema: StoreSchema, text: string): readonly Said[] {
  const known = recall(schema, text);
  if (known) return known;
  const answer = validate({ schema: schema.cedarJson, policies: { text } });
  said.set(keyOf(schema, text), answer);
  return answer;
}

function learn(schema: StoreSchema, texts: readonly string[]): void {
  const unknown = [...new Set(texts)].filter((text) => recall(schema, text) === undefined);
  if (unknown.length === 0) return;
  try {
    const answers = validate({
      schema: schema.cedarJson,
      policies: Object.fromEntries(unknown.map((text, index) => [`p${index}`, text])),
    });
    // One text that is no policy keeps the engine from looking at the others.
    if (answers.some(({ code }) => code === 'SYNTAX')) return;
    const byId = new Map(unknown.map((_text, index) => [`p${index}`, [] as Said[]]));
    for (const answer of answers) byId.get(answer.policyId)?.push(answer);
    unknown.forEach((text, index) => said.set(keyOf(schema, text), byId.get(`p${index}`) ?? []));
  } catch (error) {
    // Whichever it was, it is told when it is asked about by itself.
    if (!(error instanceof EngineError)) throw error;
  }
}
