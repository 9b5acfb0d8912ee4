import type { SchemaJson } from '@cedar-policy/cedar-wasm/nodejs';
import { type Detail, type ParseError, parseErrors } from './parse.ts';
import { withEngine } from './wasm.ts';

/** Cedar's JSON form of a schema in which every name of a type is qualified. Common types are still referred to by name. */
export type ResolvedSchema = SchemaJson<string>;

export type SchemaResult =
  | { readonly ok: true; readonly schema: ResolvedSchema; readonly text: string }
  | { readonly ok: false; readonly errors: readonly ParseError[] };

/**
 * Reads a schema in either of Cedar's forms: its own language as text, or JSON as an object. Offsets of errors are
 * bytes of the text; those of a JSON form have none. @throws {EngineError}
 */
export function resolveSchema(given: string | object): SchemaResult {
  return withEngine((cedar) => {
    // Types are resolved only in the language's own form.
    const text = typeof given === 'string' ? given : textOf(cedar.schemaToText(jsonSchema(given)));
    if (typeof text !== 'string') return text;
    const answer = cedar.schemaToJsonWithResolvedTypes(text);
    return answer.type === 'failure' ? failed(answer.errors) : { ok: true, schema: answer.json, text };
  });
}

type Answer = { type: 'success'; text: string } | { type: 'failure'; errors: Detail[] };

const textOf = (answer: Answer): string | SchemaResult =>
  answer.type === 'failure' ? failed(answer.errors) : answer.text;

const failed = (errors: readonly Detail[]): SchemaResult => ({ ok: false, errors: parseErrors(errors) });

// The engine looks at it itself, and says what is wrong with it.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
const jsonSchema = (given: object): ResolvedSchema => given as ResolvedSchema;
