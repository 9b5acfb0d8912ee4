import { expect } from 'chai';
import { stat } from 'node:fs/promises';
import { BACKEND_LOG } from '../../../cli/backend-log.ts';
import { started } from './shared.ts';
import { noteIn, type Ended, type Running, type Terminal } from './terminal.ts';

describe('npm start, when it serves,', function () {
  this.timeout(90_000);
  let terminal: Terminal;
  let running: Running;
  before(async () => {
    ({ terminal, running } = await started());
  });

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
    const { code } = await terminal.shell('command -v curl');
    if (code !== 0) {
      process.stdout.write('    skipped: no curl on PATH\n');
      this.skip();
    }
    const examples = [...running.output().matchAll(/^# .*: (\d{3})\n(curl .*)$/gm)];
    expect(examples).to.have.length(3);
    for (const [, status, command = ''] of examples) {
      const { stdout } = await terminal.shell(command);
      expect(stdout.split('\r\n')[0], command).to.match(new RegExp(`^HTTP/1.1 ${status} `));
    }
  });

  it('leaves a note for other commands, which its owner alone can read', async () => {
    expect((await stat(noteIn(terminal.root))).mode & 0o777).to.equal(0o600);
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
      // The one before it may be anybody's.
      expect([String(running.port), port]).to.include(taken);
      expect(Number(offered)).to.be.greaterThan(1023).and.not.equal(running.port);
      expect(stdout).not.to.include('✓');
      expect(stderr).not.to.include('    at ');
      expect((await cedarwright('token', 'acme', 'alice')).code).to.equal(0);
      expect(await terminal.databases()).to.have.length(1);
    });
  }
});
