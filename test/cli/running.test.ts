import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { readRunning, removeRunning, writeRunning, type Running } from '../../cli/running.ts';
import { token } from '../../cli/token.ts';
import { Expected } from '../../cli/fail.ts';
import { freePort } from '../../local/loopback.ts';
import { inFolder } from './folder.ts';

const running: Running = {
  provider: 4002,
  config: { protect: 'false' },
  pid: process.pid,
  gateway: 'http://127.0.0.1:4000',
  endpoint: 'http://127.0.0.1:4001',
  password: 'secret',
};

/** The number of a process that was there and is gone. */
async function endedProcess(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'exit');
  return child.pid!;
}

describe('the note of a running cloud', () => {
  it('tells other commands where it is, and is for its owner alone', () =>
    inFolder(async (root) => {
      await writeRunning(root, running);
      expect(await readRunning(root)).to.deep.equal(running);
      const { mode } = await stat(path.join(root, '.cedarwright', 'running.json'));
      expect(mode & 0o777).to.equal(0o600);
    }));

  it('is none where nothing was started, and after the end', () =>
    inFolder(async (root) => {
      expect(await readRunning(root)).to.equal(undefined);
      await writeRunning(root, running);
      await removeRunning(root);
      expect(await readRunning(root)).to.equal(undefined);
    }));

  it('is none when its process is gone', () =>
    inFolder(async (root) => {
      await writeRunning(root, { ...running, pid: await endedProcess() });
      expect(await readRunning(root)).to.equal(undefined);
    }));

  it('stays when it is of another cloud, which was started after this one', () =>
    inFolder(async (root) => {
      await writeRunning(root, { ...running, pid: process.ppid });
      await removeRunning(root);
      expect(await readRunning(root)).to.include({ pid: process.ppid });
    }));

  it('of a killed cloud, whose number another process has by now, is told from a cloud that answers', () =>
    inFolder(async (root) => {
      const endpoint = `http://127.0.0.1:${await freePort()}`;
      await writeRunning(root, { ...running, endpoint });
      const error: unknown = await token(root, 'acme', 'alice').catch((failure: unknown) => failure);
      expect(error).to.be.instanceOf(Expected);
      expect(error).to.have.property('message', `nothing answers at ${endpoint} — start it with: npm start`);
    }));
});
