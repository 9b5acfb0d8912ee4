import { expect } from 'chai';
import { CommanderError } from 'commander';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cedarwright, exitCodeOf } from '../../cli/program.ts';

const PROGRAM = fileURLToPath(new URL('../../cli/cedarwright.js', import.meta.url));

describe('cedarwright', () => {
  let elsewhere: string;
  before(() => {
    elsewhere = mkdtempSync(path.join(tmpdir(), 'cedarwright-cli-'));
  });
  after(() => rmSync(elsewhere, { recursive: true }));

  interface Ended {
    readonly status: number | null;
    readonly stdout: string;
    readonly stderr: string;
  }
  /** In a folder where nothing runs and nothing can be started. */
  const run = (...args: readonly string[]): Ended =>
    spawnSync(process.execPath, [PROGRAM, ...args], { cwd: elsewhere, encoding: 'utf8' });

  /** What ends before any command runs needs no process, which would cost a quarter of a second. */
  const parse = async (...args: readonly string[]): Promise<Ended> => {
    const said = { stdout: '', stderr: '' };
    const program = cedarwright({
      writeOut: (text) => void (said.stdout += text),
      writeErr: (text) => void (said.stderr += text),
    });
    try {
      await program.parseAsync(args, { from: 'user' });
    } catch (error) {
      if (error instanceof CommanderError) return { status: exitCodeOf(error), ...said };
      throw error;
    }
    throw new Error('a command was run');
  };

  for (const [command, shown] of [
    ['--help', 'Commands:'],
    ['start --help', 'npx cedarwright start --port 5000'],
    ['token --help', 'npx cedarwright token acme alice'],
    ['init --help', 'npx cedarwright init --api petstore.yaml --out petstore'],
    ['check --help', 'npx cedarwright check --json'],
    ['build --help', 'npx cedarwright build --out dist'],
    ['import --help', 'npx cedarwright import policies.cedar --schema photos.cedarschema'],
    ['print --help', 'npx cedarwright print tenants/acme.ts'],
  ] as const) {
    it(`${command} shows how to use it and ends well`, async () => {
      const { status, stdout, stderr } = await parse(...command.split(' '));
      expect({ status, stderr }).to.deep.equal({ status: 0, stderr: '' });
      expect(stdout)
        .to.match(/^Usage: cedarwright/)
        .and.include(shown);
    });
  }

  for (const [command, said] of [
    ['', 'Usage: cedarwright'],
    ['tokn', "unknown command 'tokn'"],
    ['token', "missing required argument 'tenant'"],
    ['tenant suspend', "missing required argument 'slug'"],
    ['tenant suspend acme --endpoint http://127.0.0.1:1 --stack prod', 'cannot be used with'],
    ['token acme alice bob', 'too many arguments'],
    ['init --out new', "required option '--api <file>' not specified"],
    ['build', "required option '--out <folder>' not specified"],
    ['start --prot 1', "unknown option '--prot'"],
    ['start --port', 'argument missing'],
    ['start --port 65535', '--port 65535 is not a port'],
    ['start --port 4e3', '--port 4e3 is not a port'],
  ] as const) {
    it(`'${command}' is a mistake of usage: it says which, and ends with 2`, async () => {
      const { status, stdout, stderr } = await parse(...command.split(' ').filter((word) => word !== ''));
      expect({ status, stdout }).to.deep.equal({ status: 2, stdout: '' });
      expect(stderr).to.include(said);
    });
  }

  it('ends as it says', () => {
    expect(run('--help').status).to.equal(0);
    expect(run('tokn').status).to.equal(2);
  });

  for (const [command, said] of [
    ['token acme alice', 'no embedded cloud is running here — start one with: npm start\n'],
    ['token ledger', 'no embedded cloud is running here — start one with: npm start\n'],
    [
      'tenant suspend acme',
      'no embedded cloud is running here — name a stack on AWS: --stack prod (with credentials of its security role), or start one with: npm start\n',
    ],
    [
      'tenant resume acme --endpoint http://127.0.0.1:1',
      'nothing answers there — start it with: npm start\n',
    ],
    ['start', 'no package.json here — run this in the folder of a cedarwright project\n'],
    ['check', 'no package.json here — run this in the folder of a cedarwright project\n'],
  ] as const) {
    it(`'${command}' in the wrong place says what to do, and ends with 1`, () => {
      const { status, stdout, stderr } = run(...command.split(' '));
      expect({ status, stdout, stderr }).to.deep.equal({ status: 1, stdout: '', stderr: said });
    });
  }
});
