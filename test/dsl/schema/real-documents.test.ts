import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import type { Model } from '../../../cedar/model.ts';
import { proposedAuthzFile } from '../../../dsl/schema/propose.ts';
import { readLocatedModel } from '../../../dsl/schema/read-model.ts';
import { render } from '../../../dsl/schema/render.ts';
import { OWN_TYPESCRIPT } from '../../../local/typescript/loader.ts';

const cedar: typeof import('@cedar-policy/cedar-wasm/nodejs') = createRequire(import.meta.url)(
  '@cedar-policy/cedar-wasm/nodejs',
);
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const fileOf = (name: string): string => path.join(ROOT, 'test/fixtures/openapi', name);

/** What is known of a document, and words and a policy that a team could write for it. */
interface Known {
  readonly file: string;
  readonly namespace: string;
  readonly actions: number;
  readonly words: string;
  readonly operations: string;
  readonly policy: string;
}

const DOCUMENTS: readonly Known[] = [
  {
    file: 'github.json',
    namespace: 'GitHubsOctokitExtension',
    actions: 351,
    words: `
components:
  issue:
    entity: true
    name: Issue
    parents: [Repository]
    attributes: [state, locked, comments, created_at, closed_at, pull_request, user]
    properties: { user: { entity: User }, state: { log: true } }
  full-repository:
    entity: true
    name: Repository
    tags: { type: string }
    attributes: [private, visibility, topics, permissions]
`,
    operations: `
  PUT /repos/{owner}/{repo}/actions/permissions: { resource: { type: Repository, id: backend } }
  PATCH /repos/{owner}/{repo}/issues/{issue_number}: { resource: { type: Issue, id: { path: issue_number } } }
`,
    policy: `permit().action(op['issues/update']).when(({ principal, resource }) =>
      resource.user.has((user) => user.eq(principal)).and(resource.locked.not(), resource.comments.lt(100)))`,
  },
  {
    file: 'figma.yaml',
    namespace: 'Figma',
    actions: 54,
    words: `
components:
  Comment:
    entity: true
    attributes: [file_key, created_at, resolved_at, client_meta, user]
    properties: { user: { entity: User }, client_meta: { attributes: [node_id] } }
`,
    operations: `
  DELETE /v1/files/{file_key}/comments/{comment_id}: { resource: { type: Comment, id: { path: comment_id } } }
`,
    policy: `permit().action(op.deleteComment).when(({ principal, resource }) =>
      resource.user.eq(principal).and(resource.client_meta.node_id.has((node) => node.like('1:*'))))`,
  },
  {
    file: 'petstore.yaml',
    namespace: 'SwaggerPetstore',
    actions: 20,
    words: `
components:
  Pet: { entity: true, attributes: [name, status, tags, category] }
`,
    operations: `
  DELETE /pet/{petId}: { resource: { type: Pet, id: { path: petId } } }
`,
    policy: `permit().action(op.deletePet).when(({ resource }) =>
      resource.status.has((status) => status.eq('sold')))`,
  },
];

describe("other teams' documents", () => {
  const models = new Map<string, Model>();

  it('are read without a word of authorization, and all that is decided for them is said', async () => {
    for (const { file, namespace, actions } of DOCUMENTS) {
      const { model, notes } = await readLocatedModel(fileOf(file));
      expect(model.namespace).to.equal(namespace);
      expect(Object.keys(model.actions), file).to.have.lengthOf(actions);
      expect(model.principalTypes).to.have.keys('User');
      const written = operationsIn(readFileSync(fileOf(file), 'utf8'));
      const leftOut = notes.filter(({ code }) => code === 'LEFT_OUT');
      expect(actions + model.publicRoutes.length + leftOut.length, file).to.equal(written);
      models.set(file, model);
    }
  });

  it('have the same names everywhere for what API Gateway keeps in one place', () => {
    const actions = Object.keys(models.get('github.json')?.actions ?? {});
    expect(actions).to.include('POST /repos/{owner}/{repo}/generate');
    expect(actions.filter((action) => action.includes('template_owner'))).to.deep.equal([]);
  });

  it('give schemas that Cedar takes and types that both compilers take, with words beside them', async () => {
    const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'documents-test-')));
    try {
      for (const document of DOCUMENTS) {
        const out = path.join(folder, path.parse(document.file).name);
        mkdirSync(out);
        const api = fileOf(document.file);
        writeFileSync(path.join(out, 'authz.yaml'), await withWords(api, document));
        await generate(out, api, document.policy, path.join(out, 'authz.yaml'));
      }
      const odd = path.join(folder, 'odd');
      mkdirSync(odd);
      await generate(odd, path.join(ROOT, 'test/dsl/schema/odd.yaml'), ODD_POLICY);
      writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }');
      writeFileSync(path.join(folder, 'tsconfig.json'), TSCONFIG);
      await Promise.all(['typescript', 'typescript7'].map((compiler) => compile(compiler, folder)));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** Writes types and a policy over them; what Cedar gets is tried at once. */
async function generate(folder: string, api: string, policy: string, authz?: string): Promise<void> {
  const { model, notes } = await readLocatedModel(api, authz);
  expect(notes).to.deep.equal([]);
  const files = await render(model, { api, folder });
  for (const name of ['schema.json', 'gateway.json']) {
    expect(cedar.checkParseSchema(JSON.parse(files.get(name) ?? '')), name).to.include({ type: 'success' });
  }
  expect(cedar.checkParseSchema(files.get('schema.cedarschema') ?? '')).to.include({ type: 'success' });
  writeFileSync(path.join(folder, 'schema.ts'), files.get('schema.ts') ?? '');
  writeFileSync(path.join(folder, 'policy.ts'), policyFile(policy));
}

const ODD_POLICY = `permit().action(op.toString).when(({ principal, resource }) =>
  resource.attr('eq').eq('x').and(
    resource.attr('has').has((value) => value.eq(1)),
    resource.hasTag('a'),
    resource['日本'].has((value) => value.eq(principal['odd name'])),
    resource.shape.r.has((r) => r.gt(2)),
    principal.constructor.has((value) => value.like('*')),
  ))`;

const operationsIn = (text: string): number =>
  [...text.matchAll(/^(?: {4}| {6})"?(?:get|put|post|delete|patch)"?:(?: \{)?$/gm)].length;

/** The proposal with more words: the sections that it may have already are merged as text. */
async function withWords(api: string, { words, operations }: Known): Promise<string> {
  const proposal = await proposedAuthzFile(api);
  const section = proposal.includes('\noperations:\n') ? '' : 'operations:';
  return `${proposal.trimEnd()}\n${section}${operations}${words}`;
}

const policyFile = (policy: string): string => `
import type { Dsl } from '${path.join(ROOT, 'dsl/policy/types.ts')}';
import { op, type Schema } from './schema.ts';
declare const dsl: Dsl<Schema>;
const { permit } = dsl;
export default ${policy};
`;

const TSCONFIG = JSON.stringify({
  extends: path.join(ROOT, 'tsconfig.json'),
  include: ['.'],
  compilerOptions: { types: [] },
});

async function compile(compiler: string, folder: string): Promise<void> {
  const tsc = path.join(ROOT, 'node_modules', compiler, 'bin/tsc');
  try {
    // A compiler that ends soon gains from V8's optimising less than it costs.
    await promisify(execFile)(process.execPath, [...OWN_TYPESCRIPT, tsc, '-p', folder]);
  } catch (error) {
    expect.fail(
      `${compiler}: ${error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error)}`,
    );
  }
}
