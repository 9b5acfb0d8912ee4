import { LRUCache } from 'lru-cache';
import { withEngine } from './wasm.ts';

/** Why a text is no policy. `start` and `end` are offsets in bytes of its UTF-8 form. */
export interface ParseError {
  readonly message: string;
  readonly help?: string;
  readonly start: number;
  readonly end: number;
}

/** `json` is Cedar's JSON form of a policy or template; `policyFromJson` reads it. */
export type ParseResult =
  | { readonly ok: true; readonly json: unknown }
  | { readonly ok: false; readonly errors: readonly ParseError[] };

/** What the engine says of one error or warning. */
export interface Detail {
  readonly message: string;
  readonly help: string | null;
  readonly sourceLocations?: readonly { readonly start: number; readonly end: number }[];
}

export const parseErrors = (details: readonly Detail[]): ParseError[] =>
  details.map(({ message, help, sourceLocations }) => ({
    message: message.replace(/^failed to parse (policy|template) (with id `[^`]*` )?from string: /, ''),
    ...(help === null ? {} : { help }),
    start: sourceLocations?.[0]?.start ?? 0,
    end: sourceLocations?.[0]?.end ?? 0,
  }));

/**
 * What was parsed lately, some 2,000 policies of 250 characters: a sync reads each policy of its tenant several times,
 * and all of them again with every change, at 0.1 ms each.
 */
const recent = new LRUCache<string, ParseResult>({
  maxSize: 500_000,
  sizeCalculation: (_result, text) => text.length + 1,
});

/** Parses the text of exactly one policy or template. @throws {EngineError} */
export function parsePolicy(text: string): ParseResult {
  const known = recent.get(text);
  if (known) return known;
  const result = parse(text);
  recent.set(text, result);
  return result;
}

const parse = (text: string): ParseResult =>
  withEngine((cedar) => {
    const policy = cedar.policyToJson(text);
    if (policy.type === 'success') return { ok: true, json: policy.json };
    const template = cedar.templateToJson(text);
    if (template.type === 'success') return { ok: true, json: template.json };
    return { ok: false, errors: parseErrors(policy.errors) };
  });
