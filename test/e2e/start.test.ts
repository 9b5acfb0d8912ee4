import { expect } from 'chai';
import { readFile, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { freePortPair } from '../../local/loopback.ts';
import { BACKEND_LOG } from '../../cli/backend-log.ts';
import { exists, noteIn, openTerminal, type Ended, type Running, type Terminal } from './npm-start.ts';

/** Some 0.3 s on a machine that does nothing else; removing the database's files takes long on one that does. */
const PATIENCE_MS = 5000;

describe('npm start', function () {
  this.timeout(90_000);
  let terminal: Terminal;
  let running: Running;
  before(async () => {
    terminal = await openTerminal();
    running = await terminal.start();
  });
  after(() => terminal.close());

  /** What npx would run: npm's own start costs a second. */
  const cedarwright = (...args: readonly string[]): Promise<Ended> =>
    terminal.run('node', ['cli/cedarwright.js', ...args]);

  it('says what it does, then where it serves, on lines of their own, and nothing that is not its own', () => {
    const lines = running.output().split('\n');
    expect(lines).to.include(`ready http://127.0.0.1:${running.port}`);
    expect(lines).to.include(`endpoint http://127.0.0.1:${running.port + 1}`);
    const done = lines.filter((line) => /^✓ .* \d+\.\d s$/.test(line));
    expect(done).to.have.length.greaterThan(2);
    expect(lines.indexOf(done.at(-1)!)).to.be.lessThan(
      lines.indexOf(`ready http://127.0.0.1:${running.port}`),
    );
    expect(running.output()).not.to.match(/warning:/i);
    expect(lines.filter((line) => line.includes(BACKEND_LOG))).to.have.length(1);
  });

  it('prints commands that end as it says when they are pasted into a shell', async function () {
    const { code } = await terminal.run('sh', ['-c', 'command -v curl']);
    if (code !== 0) {
      process.stdout.write('    skipped: no curl on PATH\n');
      this.skip();
    }
    const examples = [...running.output().matchAll(/^# .*: (\d{3})\n(curl .*)$/gm)];
    expect(examples).to.have.length(3);
    for (const [, status, command = ''] of examples) {
      const { stdout } = await terminal.run('sh', ['-c', command]);
      expect(stdout.split('\r\n')[0], command).to.match(new RegExp(`^HTTP/1.1 ${status} `));
    }
  });

  it('leaves a note for other commands, which its owner alone can read', async () => {
    expect((await stat(noteIn(terminal.project.root))).mode & 0o777).to.equal(0o600);
  });

  it('has a token for a test user, and prints nothing else', async () => {
    const { code, stdout } = await terminal.run('npx', ['cedarwright', 'token', 'acme', 'alice']);
    expect(stdout).to.match(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    expect(code).to.equal(0);
  });

  for (const [who, said] of [
    ['umbrella alice', "no tenant 'umbrella' — the running cloud has: acme, globex, retail"],
    ['acme mallory', "no test user 'mallory' in tenants/acme.ts — add it under users"],
  ] as const) {
    it(`has none for ${who}, and says what there is`, async () => {
      const { code, stdout, stderr } = await cedarwright('token', ...who.split(' '));
      expect({ code, stdout }).to.deep.equal({ code: 1, stdout: '' });
      expect(stderr).to.include(said).and.not.include('    at ');
    });
  }

  for (const [which, offset] of [
    ['gateway', 0],
    ['endpoint', -1],
  ] as const) {
    it(`refuses the port of the ${which} when it is taken, offers another, and leaves the other cloud alone`, async () => {
      const port = String(running.port + offset);
      const { code, stdout, stderr } = await terminal.run('npm', ['start', '--', '--port', port]);
      expect(code).to.equal(1);
      const [, taken, offered] =
        /^port (\d+) is taken — start on another one: npm start -- --port (\d+)$/m.exec(stderr) ?? [];
      expect(taken).to.equal(String(running.port));
      expect(Number(offered)).to.be.greaterThan(1023).and.not.equal(running.port);
      expect(stdout).not.to.include('✓');
      expect(stderr).not.to.include('    at ');
      expect((await cedarwright('token', 'acme', 'alice')).code).to.equal(0);
      expect(await terminal.databases()).to.have.length(1);
    });
  }

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
      for (const slug of ['globex', 'retail']) await terminal.project.remove(slug);
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
