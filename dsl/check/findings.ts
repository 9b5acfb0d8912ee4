import { LRUCache } from 'lru-cache';
import { sha256Hex } from '../../cedar/hash.ts';
import { type ActionsAsked, partOfSchema } from '../../cedar/part-of-schema.ts';
import { type Finding, validate } from '../../cedar/validate.ts';
import { EngineError } from '../../cedar/wasm.ts';
import type { CedarSchema } from '../schema/cedar-json.ts';
import type { StoreSchema } from '../tenants/tenant.ts';
import { clustersOf } from './clusters.ts';

/** A policy as it is stored, and as it is without its tenant's prefix. */
export interface PolicyTexts {
  readonly text: string;
  readonly unprefixed: string;
  readonly actions: ActionsAsked;
  /** The schema in which it is enough to be valid, where that is not the tenant's own. */
  readonly within?: StoreSchema;
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
 * Validates the policies of many tenants: those of one schema together. One that is wrong `within` another schema is
 * validated in its own, so that the words fit.
 */
export function foreseeAll(tenants: readonly (readonly [StoreSchema, readonly PolicyTexts[]])[]): void {
  const each = tenants.flatMap(([schema, policies]) => policies.map((policy) => ({ schema, policy })));
  bySchema(each.map(({ schema, policy }) => [policy.within ?? schema, policy]));
  bySchema(
    each.flatMap(({ schema, policy: { within, ...own } }) =>
      within && within !== schema && (recall(within, own.unprefixed)?.length ?? 0) > 0
        ? [[schema, own] as const]
        : [],
    ),
  );
}

function bySchema(policies: readonly (readonly [StoreSchema, PolicyTexts])[]): void {
  const groups = new Map<string, { readonly schema: StoreSchema; readonly texts: PolicyTexts[] }>();
  for (const [schema, policy] of policies) {
    const same = groups.get(schema.sha256) ?? { schema, texts: [] };
    same.texts.push(policy);
    groups.set(schema.sha256, same);
  }
  for (const { schema, texts } of groups.values()) foresee(schema, texts);
}

/** Schemas whose declarations the engine takes. */
const sound = new LRUCache<string, true>({ max: KEPT });

/** @throws {EngineError} for types that the engine does not take. Actions are left out: no tenant has others. */
export function assureSound({ sha256, cedarJson }: StoreSchema): void {
  if (sound.has(sha256)) return;
  const schema: CedarSchema = JSON.parse(cedarJson);
  validate({ schema: partOfSchema(schema, new Set()), policies: {} });
  sound.set(sha256, true);
}

/**
 * Validates many policies of one schema in a few calls, so that `findingsOf` need not make one for each.
 * Tenants share most texts once the prefix is gone, and the validator never reads what differs: of an entity it looks at
 * the type, and whether two ids are equal, which a prefix in all of them does not change. Where it has nothing to say in
 * a part of the schema, it has nothing to say in the whole. Anything else is validated as it is stored, in the whole
 * schema, for words and offsets that fit.
 */
export function foresee(schema: StoreSchema, policies: readonly PolicyTexts[]): void {
  const unknown = new Map(
    policies
      .filter(({ unprefixed }) => recall(schema, unprefixed) === undefined)
      .map((policy) => [policy.unprefixed, policy]),
  );
  if (unknown.size === 0) return;
  const whole: CedarSchema = JSON.parse(schema.cedarJson);
  for (const { asked, texts } of clustersOf([...unknown.values()])) {
    for (const [text, found] of validated(partOfSchema(whole, asked), texts)) {
      if (found.length === 0) said.set(keyOf(schema, text), found);
    }
  }
  const learn = (texts: readonly string[]): void => {
    const unheard = [...new Set(texts)].filter((text) => recall(schema, text) === undefined);
    for (const [text, found] of validated(whole, unheard)) said.set(keyOf(schema, text), found);
  };
  learn([...unknown.keys()]);
  learn(
    policies
      .filter(({ unprefixed }) => (recall(schema, unprefixed)?.length ?? 0) > 0)
      .map(({ text }) => text),
  );
}

/** What the strict validator says of a policy's stored text. @throws {EngineError} as `validate` */
export function findingsOf(
  schema: StoreSchema,
  { text, unprefixed, within = schema }: PolicyTexts,
): readonly Said[] {
  return ask(within, unprefixed).length === 0 ? [] : ask(schema, text);
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

/** What the validator says of each text; of none if it cannot take all of them together. */
function validated(
  schema: object,
  texts: readonly string[],
): readonly (readonly [string, readonly Said[]])[] {
  if (texts.length === 0) return [];
  const byId = new Map(texts.map((text, index) => [`p${index}`, { text, found: [] as Said[] }]));
  try {
    const policies = Object.fromEntries([...byId].map(([id, { text }]) => [id, text]));
    const answers = validate({ schema, policies });
    // One text that is no policy keeps the engine from looking at the others.
    if (answers.some(({ code }) => code === 'SYNTAX')) return [];
    for (const answer of answers) byId.get(answer.policyId)?.found.push(answer);
    return [...byId.values()].map(({ text, found }) => [text, found]);
  } catch (error) {
    // Whichever it was, it is told when it is asked about by itself.
    if (error instanceof EngineError) return [];
    throw error;
  }
}
