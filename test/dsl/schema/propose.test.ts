import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { ProblemsError } from '../../../dsl/check/problem.ts';
import { proposedAuthzFile } from '../../../dsl/schema/propose.ts';
import { readLocatedModel } from '../../../dsl/schema/read-model.ts';
import { documentOf } from './document.ts';

const responses = `responses: { '200': { description: fine } }`;
const parameter = (name: string): string =>
  `{ name: ${name}, in: path, required: true, schema: { type: string } }`;
const API = documentOf({
  top: 'security: [{ token: [] }]',
  components: 'components: { securitySchemes: { token: { type: http, scheme: bearer } } }',
  paths: `paths:
  /health: { get: { security: [], ${responses} } }
  /a/{id}: { parameters: [${parameter('id')}], get: { ${responses} } }
  /a/{key}/b: { parameters: [${parameter('key')}], get: { ${responses} } }
  /a/{id}/c: { parameters: [${parameter('id')}], get: { ${responses} }, put: { ${responses} } }
  /a/x/{id}: { parameters: [${parameter('id')}], get: { ${responses} }, delete: { ${responses} } }
  /f/{name}.json: { parameters: [${parameter('name')}], get: { ${responses} } }
  /up: { servers: [{ url: 'https://up.example.com' }], put: { ${responses} }, trace: { ${responses} } }`,
});

describe('a document without a word of x-authz', () => {
  let folder: string;
  let api: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'propose-test-'));
    api = path.join(folder, 'api.yaml');
    writeFileSync(api, API);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('works, and hears of every decision', async () => {
    const { model, notes } = await readLocatedModel(api);
    expect(Object.keys(model.actions)).to.deep.equal([
      'DELETE /a/x/{id}',
      'GET /a/{id}',
      'GET /a/{id}/b',
      'GET /a/{id}/c',
      'PUT /a/{id}/c',
    ]);
    expect(model.publicRoutes).to.deep.equal([{ method: 'GET', path: '/health' }]);
    expect(model.principalTypes['User']?.kinds).to.have.lengthOf(4);
    expect(
      notes.map(({ code, message }) => `${code} ${message.split(/ (?:is|of|needs) /)[0]}`),
    ).to.deep.equal([
      'PROPOSED nothing here says who calls this API: taken are namespace Shop, principal type User and,',
      'PUBLIC GET /health',
      'RENAMED {key}',
      'LEFT_OUT GET /a/x/{id}',
      'LEFT_OUT GET /f/{name}.json',
      'LEFT_OUT PUT /up',
      'LEFT_OUT TRACE /up',
    ]);
    expect(notes.every(({ site }) => site?.file.endsWith('api.yaml'))).to.equal(true);
  });

  it('gives the same with the proposal as a file, in silence', async () => {
    const { model } = await readLocatedModel(api);
    const authz = path.join(folder, 'authz.yaml');
    writeFileSync(authz, await proposedAuthzFile(api));
    expect(await readLocatedModel(api)).to.deep.include({ model, notes: [] });
    expect(await readLocatedModel(api, authz)).to.deep.include({ model, notes: [] });
  });

  it('has nothing proposed where it speaks', async () => {
    writeFileSync(api, documentOf({}));
    const error = await proposedAuthzFile(api).catch((thrown: unknown) => thrown);
    expect(error)
      .to.be.instanceOf(ProblemsError)
      .and.property('message')
      .match(/NOTHING_TO_PROPOSE/);
  });

  it('has a namespace from its title that Verified Permissions takes', async () => {
    for (const [title, namespace] of [
      ['Train Travel API (beta)', 'TrainTravelBeta'],
      ['Amazon Cedar AWS API', 'Api'],
      ['支払い', 'Api'],
      ['Café « zwölf »', 'CafeZwolf'],
      ["GitHub's v3 REST API", 'GitHubsV3'],
      ['3D Printing', 'Api3DPrinting'],
      ['in', 'In'],
      ['a'.repeat(200), 'Api'],
      [
        'The one very long title of an API that nobody would ever read to its end',
        'OneVeryLongTitleOfAnThatNobody',
      ],
      ['C-e-d-a-r', 'Api'],
    ]) {
      writeFileSync(api, API.replace('title: Shop', `title: ${JSON.stringify(title)}`));
      expect((await readLocatedModel(api)).model.namespace, title).to.equal(namespace);
    }
  });
});
