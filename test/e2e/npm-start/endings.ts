import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { freePortPair } from '../../../local/loopback.ts';
import type { Project } from '../project.ts';
import { endOf } from './end-of.ts';
import { started } from './shared.ts';
import { exists, noteIn, type Ended, type Running, type Terminal } from './terminal.ts';

describe('npm start, in the end,', function () {
  this.timeout(90_000);
  let project: Project;
  let terminal: Terminal;
  let running: Running;
  before(async () => {
    ({ project, terminal, running } = await started());
  });

  const cedarwright = (...args: readonly string[]): Promise<Ended> =>
    terminal.run('node', ['cli/cedarwright.js', ...args]);

  it('ends completely at a Ctrl-C', async () => {
    expect(await endOf(running, () => process.kill(-running.npm, 'SIGINT'))).to.deep.equal([]);
    expect(await terminal.databases()).to.deep.equal([]);
    expect(await exists(noteIn(terminal.root))).to.equal(false);
    expect(running.output()).to.match(/\nstopping\n/);
  });

  it('is missed by the commands that need it', async () => {
    const { code, stdout, stderr } = await cedarwright('token', 'acme', 'alice');
    expect({ code, stdout }).to.deep.equal({ code: 1, stdout: '' });
    expect(stderr).to.include('no embedded cloud is running here — start one with: npm start');
  });

  it('refuses tenant files that are not in order, by their mistakes alone, and leaves nothing behind', async () => {
    const original = await project.read('acme');
    await project.write('acme', original.replace("'PAYEE_MGMT')", "'PAYEE_MGNT')"));
    const databases = await terminal.databases();
    const port = String(await freePortPair());
    const { code, stdout, stderr } = await terminal.run('npm', ['start', '--', '--port', port]);
    await project.write('acme', original);
    expect(stderr).to.match(/^tenants\/acme\.ts:\d+:\d+ \[TS\d+\] .*PAYEE_MGNT.* — /m);
    expect(stderr).not.to.include('    at ');
    expect(stdout).not.to.include('ready');
    expect(code).to.equal(1);
    expect(await terminal.databases()).to.deep.equal(databases);
  });

  describe('in whatever other way it ends, leaves no process, port or data behind:', () => {
    before(async () => {
      // Fewer tenants start faster.
      for (const slug of ['globex', 'initech', 'retail']) await project.remove(slug);
    });

    for (const signal of ['SIGINT', 'SIGKILL'] as const) {
      it(`npm alone gets ${signal} while it starts`, async () => {
        const cloud = await terminal.start('✓ PostgreSQL');
        expect(await endOf(cloud, () => process.kill(cloud.npm, signal))).to.deep.equal([]);
        expect(await terminal.databases()).to.deep.equal([]);
        expect(await exists(noteIn(terminal.root))).to.equal(false);
      });
    }

    it('the process of the cloud is killed', async () => {
      const cloud = await terminal.start();
      expect(await endOf(cloud, async () => process.kill(await cloud.main(), 'SIGKILL'))).to.deep.equal([]);
      expect(await terminal.databases()).to.deep.equal([]);
      expect(await exists(noteIn(terminal.root))).to.equal(true);
    });

    it('and the note of a killed one misleads nobody', async () => {
      const note: { pid: number } = JSON.parse(await readFile(noteIn(terminal.root), 'utf8'));
      expect(note.pid).to.be.a('number');
      expect((await cedarwright('token', 'acme', 'alice')).stderr).to.include(
        'no embedded cloud is running here',
      );
    });
  });
});
