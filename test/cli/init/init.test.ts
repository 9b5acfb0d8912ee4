import { expect } from 'chai';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Expected } from '../../../cli/fail.ts';
import { type InitOptions, initProject } from '../../../cli/init/init.ts';
import { ProblemsError } from '../../../dsl/check/problem.ts';
import { failure } from '../../local/failure.ts';
import { FIXTURES, folderWith } from './new-project.ts';

const DOCUMENT = `openapi: 3.1.0
info: { title: Shop, version: '1' }
paths:
  /orders: { $ref: paths/orders.yaml }
`;
const ORDERS = `get: { operationId: listOrders, responses: { '200': { $ref: '../../common/ok.yaml' } } }
`;
const FILES = {
  'spec/shop.yaml': DOCUMENT,
  'spec/paths/orders.yaml': ORDERS,
  'common/ok.yaml': 'description: ok\n',
};

describe('init', () => {
  let folder: string;
  const at = (file: string): string => path.join(folder, file);
  const init = (changes: Partial<InitOptions> = {}) =>
    initProject({ api: at('spec/shop.yaml'), out: at('new'), ...changes });
  const refusal = async (changes: Partial<InitOptions>): Promise<Error> => {
    const error = await failure(init(changes));
    expect(existsSync(at('new')), 'nothing is written').to.equal(false);
    return error;
  };

  beforeEach(async () => {
    folder = await folderWith(FILES);
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('copies the document with all files that it refers to, laid out as they are', async () => {
    const { files } = await init();
    for (const [file, text] of Object.entries(FILES)) {
      expect(files).to.include(`api/${file}`);
      expect(await readFile(at(`new/api/${file}`), 'utf8')).to.equal(text);
    }
    const { cedarwright } = JSON.parse(await readFile(at('new/package.json'), 'utf8'));
    expect(cedarwright.api).to.equal('api/spec/shop.yaml');
  });

  it('writes what the document does not say of authorization beside it, and says so', async () => {
    const { notes } = await init();
    expect(await readFile(at('new/api/spec/authz.yaml'), 'utf8')).to.include('namespace: Shop');
    expect(notes.map(({ code, remedy }) => `${code} ${remedy}`)).to.deep.equal([
      'PROPOSED change it in api/spec/authz.yaml',
    ]);
  });

  it('takes along the words that lie beside the document', async () => {
    const authz = 'namespace: Own\nprincipals:\n  Person: { kinds: [saasTenant] }\n';
    await writeFile(at('spec/authz.yaml'), authz);
    const { notes } = await init();
    expect(notes).to.deep.equal([]);
    expect(await readFile(at('new/api/spec/authz.yaml'), 'utf8')).to.equal(authz);
    expect(await readFile(at('new/dsl/generated/schema.cedarschema'), 'utf8')).to.include('namespace Own');
  });

  it('names the project after its folder, or as it is told', async () => {
    expect(await init()).to.include({ name: 'new' });
    await init({ out: at('Other_Folder'), name: 'other' });
    expect(await readFile(at('Other_Folder/Pulumi.yaml'), 'utf8')).to.match(/^name: other$/m);
  });

  it('refuses a name that npm or Pulumi would not take', async () => {
    expect(await refusal({ name: 'My Shop' })).to.be.instanceOf(Expected);
  });

  it('refuses a folder that holds anything, and leaves it alone', async () => {
    const error = await failure(init({ out: at('spec') }));
    expect(error).to.be.instanceOf(Expected).with.property('message').that.includes('not empty');
    expect(await readdir(at('spec'))).to.have.members(['shop.yaml', 'paths']);
    expect(await failure(init({ out: at('spec/shop.yaml') })))
      .to.have.property('message')
      .that.includes('is a file');
  });

  it('tells mistakes of the document at their places in it, before it writes anything', async () => {
    await writeFile(at('spec/paths/orders.yaml'), 'get: { $ref: nowhere.yaml }\n');
    const error = await refusal({});
    expect(error).to.be.instanceOf(ProblemsError);
    expect(error.message).to.match(/paths\/orders\.yaml:1:\d+ \[/);
    expect((await refusal({ api: at('missing.yaml') })).message).to.include('missing.yaml');
  });

  it('gives equal projects for equal documents', async () => {
    const api = path.join(FIXTURES, 'petstore.yaml');
    const [one, other] = [at('a/shop'), at('b/shop')];
    const { files } = await init({ api, out: one });
    await init({ api, out: other });
    for (const file of files) {
      expect(await readFile(path.join(one, file), 'utf8'), file).to.equal(
        await readFile(path.join(other, file), 'utf8'),
      );
    }
  });
});
