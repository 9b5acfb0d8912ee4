import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { loadLater } from '../../../local/program/load-later.ts';
import { OWN_TYPESCRIPT } from '../../../local/typescript/loader.ts';

const require = createRequire(import.meta.url);
const ROOT = new URL('../../../', import.meta.url);

const SDK = `import './local/program/lighter-sdk.ts';
import * as pulumi from '@pulumi/pulumi';
import { createRequire } from 'node:module';
const loaded = Object.keys(createRequire(import.meta.url).cache);
console.log(typeof pulumi.runtime.setMocks, loaded.filter((file) => /\\/(?:(?:typescript|pacote)\\/lib|automation\\/cmd)/.test(file)).length);`;

describe('a module that is loaded later', () => {
  let folder: string;
  before(async () => {
    folder = await realpath(await mkdtemp(path.join(tmpdir(), 'cedarwright-later-')));
  });
  after(() => rm(folder, { recursive: true }));

  it('is loaded when something is asked of it, once, and has all that it exports', async () => {
    const file = path.join(folder, 'slow.cjs');
    await writeFile(
      file,
      'exports.loads = (globalThis.loads = (globalThis.loads ?? 0) + 1); exports.twice = (n) => 2 * n;',
    );
    const loads = (): unknown => Reflect.get(globalThis, 'loads');
    loadLater(file);
    const slow = require(file);
    expect(slow.__esModule).to.equal(true);
    expect(loads()).to.equal(undefined);
    expect(slow.twice(4)).to.equal(8);
    expect([slow.loads, loads(), require(file).loads]).to.deep.equal([1, 1, 1]);
  });

  it('is what the Pulumi SDK has for closures and for programs that drive the engine', async () => {
    const args = [...OWN_TYPESCRIPT, '--input-type=module', '--eval', SDK];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: ROOT });
    expect(stdout).to.equal('function 0\n');
  });
});
