import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { freePortPair } from '../../../local/loopback.ts';
import { started } from './shared.ts';
import { exists, noteIn, type Ended, type Running, type Terminal } from './terminal.ts';

/** Some 0.3 s on a machine that does nothing else; removing the database's files takes long on one that does. */
const PATIENCE_MS = 5000;

describe('npm start, in the end,', function () {
  this.timeout(90_000);
  let terminal: Terminal;
  let running: Running;
  before(async () => {
    ({ terminal, running } = await started());
  });

  const cedarwright = (...args: readonly string[]): Promise<Ended> =>
    terminal.run('node', ['cli/cedarwright.js', ...args]);

  it('ends completely at a Ctrl-C', async () => {
    expect(await endOf(running, () => process.kill(-running.npm, 'SIGINT'))).to.deep.equal([]);
    expect(await terminal.databases()).to.deep.equal([]);
    expect(await exists(noteIn(terminal.project.root))).to.equal(false);
    expect(running.output()).to.match(/\nstopping\n/);
  });

  it('is missed by the commands that need it', async () => {
    const { code, stdout, stderr } = await cedarwright('token', 'acme', 'alice');
    expect({ code, stdout }).to.deep.equal({ code: 1, stdout: '' });
    expect(stderr).to.include('no embedded cloud is running here — start one with: npm start');
  });

  it('refuses tenant files that are not in order, by their mistakes alone, and leaves nothing behind', async () => {
    const original = await terminal.project.read('acme');
    await terminal.project.write('acme', original.replace("'PAYEE_MGMT')", "'PAYEE_MGNT')"));
    const databases = await terminal.databases();
    const port = String(await freePortPair());
    const { code, stdout, stderr } = await terminal.run('npm', ['start', '--', '--port', port]);
    await terminal.project.write('acme', original);
    expect(stderr).to.match(/^tenants\/acme\.ts:\d+:\d+ \[TS\d+\] .*PAYEE_MGNT.* — /m);
    expect(stderr).not.to.include('    at ');
    expect(stdout).not.to.include('ready');
    expect(code).to.equal(1);
    expect(await terminal.databases()).to.deep.equal(databases);
  });

  describe('in whatever other way it ends, leaves no process, port or data behind:', () => {
    before(async () => {
      // Fewer tenants start faster.
      for (const slug of ['globex', 'initech', 'retail']) await terminal.project.remove(slug);
    });

    for (const [how, end, tidy] of [
      ['an interrupt to npm alone', ({ npm }) => process.kill(npm, 'SIGINT'), true],
      ['npm killed', ({ npm }) => process.kill(npm, 'SIGKILL'), true],
      ['the process of the cloud killed', ({ main }) => process.kill(main, 'SIGKILL'), false],
    ] as const satisfies readonly (readonly [string, (running: Running) => unknown, boolean])[]) {
      it(how, async () => {
        const cloud = await terminal.start();
        expect(await endOf(cloud, () => end(cloud))).to.deep.equal([]);
        expect(await terminal.databases()).to.deep.equal([]);
        expect(await exists(noteIn(terminal.project.root))).to.equal(!tidy);
      });
    }

    it('and the note of a killed one misleads nobody', async () => {
      const note: { pid: number } = JSON.parse(await readFile(noteIn(terminal.project.root), 'utf8'));
      expect(note.pid).to.be.a('number');
      expect((await cedarwright('token', 'acme', 'alice')).stderr).to.include(
        'no embedded cloud is running here',
      );
    });
  });
});

/** Ends a cloud and gives it its time. Returns what is left then. */
async function endOf(running: Running, end: () => unknown): Promise<string[]> {
  expect(await running.left()).to.have.length.greaterThan(4);
  const deadline = performance.now() + PATIENCE_MS;
  end();
  for (;;) {
    const left = await running.left();
    if (left.length === 0 || performance.now() > deadline) return left;
    await delay(20);
  }
}
