import SwaggerParser from '@apidevtools/swagger-parser';
import { fileURLToPath } from 'node:url';
import type { Schema } from './conforms.ts';

/** Of the API document, what a response may be: its references resolved. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> }>
  >;
}

export async function readDocument(): Promise<ApiDocument> {
  const file = fileURLToPath(new URL('../../api/openapi.yaml', import.meta.url));
  const document: ApiDocument = JSON.parse(JSON.stringify(await SwaggerParser.dereference(file)));
  return document;
}
