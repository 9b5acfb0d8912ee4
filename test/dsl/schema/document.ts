import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import type { Model } from '../../../cedar/model.ts';
import { ProblemsError } from '../../../dsl/check/problem.ts';
import { readModel } from '../../../dsl/schema/read-model.ts';

/** Parts of an API document that a test is about; the rest is filled in, as small as it can be. */
export interface Parts {
  readonly version?: string;
  readonly top?: string;
  readonly paths?: string;
  readonly components?: string;
}

const TOP = `
x-authz:
  namespace: Shop
  principals:
    User: { kinds: [saasTenant] }
`;

const PATHS = `
paths:
  /orders:
    get: { responses: { '200': { description: fine } } }
`;

export const documentOf = ({ version = '3.1.0', top = TOP, paths = PATHS, components = '' }: Parts): string =>
  `openapi: ${version}\ninfo: { title: Shop, version: '1' }\n${top}\n${paths}\n${components}`;

/** Reads a document that consists of these files; the first is the main one. */
export async function readFiles(files: Readonly<Record<string, string>>): Promise<Model> {
  const folder = mkdtempSync(path.join(tmpdir(), 'schema-test-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
    return await readModel(path.join(folder, Object.keys(files)[0] ?? ''));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const readParts = (parts: Parts): Promise<Model> => readFiles({ 'api.yaml': documentOf(parts) });

/** Stands in a document immediately before the place of an expected problem. */
const MARK = '▸';

/** Expects a problem with this code at every mark in the main document, and no other. Returns what they say. */
export async function expectProblems(code: string, parts: Parts): Promise<string[]> {
  const marked = documentOf(parts);
  const expected = marked
    .split('\n')
    .flatMap((line, index) =>
      [...line.matchAll(new RegExp(MARK, 'g'))].map(
        (match, n) => `${index + 1}:${match.index - n + 1} ${code}`,
      ),
    );
  const problems = await problemsOf({ 'api.yaml': marked.replaceAll(MARK, '') });
  const found = problems.map(({ site, code: of, message }) => ({
    is: `${site?.line}:${site?.column} ${of}`,
    message,
  }));
  expect(found.map(({ is }) => is).sort(), JSON.stringify(found)).to.deep.equal(expected.sort());
  return problems.map(({ message, remedy }) => `${message} — ${remedy}`);
}

export async function problemsOf(files: Readonly<Record<string, string>>) {
  try {
    await readFiles(files);
    return [];
  } catch (error) {
    if (error instanceof ProblemsError) return error.problems;
    throw error;
  }
}

/** A document whose entity type `Order` has an attribute for each schema: `a0`, `a1`, … all of them required. */
export function withAttributes(schemas: readonly string[], others = ''): { readonly components: string } {
  const names = schemas.map((_, index) => `a${index}`).join(', ');
  const properties = schemas.map((schema, index) => `        a${index}: ${schema}`).join('\n');
  return {
    components: `components:
  schemas:
    Order:
      type: object
      x-authz: { entity: true, attributes: [${names}] }
      required: [${names}]
      properties:
${properties}
${others}`,
  };
}

export async function attributesOf(schemas: readonly string[], { version = '3.1.0', others = '' } = {}) {
  const { attributes } = (await readParts({ version, ...withAttributes(schemas, others) })).entityTypes[
    'Order'
  ]!;
  return schemas.map((_, index) => attributes[`a${index}`]);
}
