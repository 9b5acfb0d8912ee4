import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../cli/cedarwright.js', import.meta.url));
const API = `openapi: 3.1.0
info: { title: Shop, version: '1' }
paths:
  /orders: { get: { responses: { '200': { description: fine } } } }
  /files/{name}.txt: { get: { responses: { '200': { description: fine } } } }
`;

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

describe('cedarwright schema', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'schema-cli-test-'));
    writeFileSync(path.join(folder, 'api.yaml'), API);
    writeFileSync(path.join(folder, 'broken.yaml'), API.replace('get:', 'x-authz: { op: 1 }, get:'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const run = (...args: readonly string[]): Promise<Ended> =>
    new Promise((resolve) => {
      const child = execFile(
        process.execPath,
        [PROGRAM, 'schema', ...args],
        { cwd: folder },
        (_error, stdout, stderr) => resolve({ code: child.exitCode ?? -1, stdout, stderr }),
      );
    });

  it('writes, proposes, and tells tools what it did and what is wrong', async () => {
    const [written, proposed, broken, wrong] = await Promise.all([
      run('--api', 'api.yaml', '--out', 'out', '--json'),
      run('--api', 'api.yaml', '--propose'),
      run('--api', 'broken.yaml', '--json'),
      run('--chek'),
    ]);
    expect({ code: written.code, stderr: written.stderr }).to.deep.equal({ code: 0, stderr: '' });
    const answer: {
      readonly actions: number;
      readonly files: string[];
      readonly notes: { code: string; file: string }[];
    } = JSON.parse(written.stdout);
    expect(answer.actions).to.equal(1);
    expect(answer.files.toSorted()).to.deep.equal(readdirSync(path.join(folder, 'out')));
    expect(answer.notes.map(({ code, file }) => `${file} ${code}`)).to.deep.equal([
      'api.yaml PROPOSED',
      'api.yaml LEFT_OUT',
    ]);
    expect({ code: proposed.code, stderr: proposed.stderr }).to.deep.equal({ code: 0, stderr: '' });
    expect(proposed.stdout)
      .to.match(/^namespace: Shop$/m)
      .and.contain('GET /files/{name}.txt: { omit: true }');
    expect({ code: broken.code, stderr: broken.stderr }).to.deep.equal({ code: 1, stderr: '' });
    const { problems }: { readonly problems: readonly object[] } = JSON.parse(broken.stdout);
    expect(problems[0]).to.have.keys('file', 'line', 'column', 'code', 'message', 'remedy');
    expect(wrong.code).to.equal(2);
  });
});
