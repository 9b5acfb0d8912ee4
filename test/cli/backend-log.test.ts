import { expect } from 'chai';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { BACKEND_LOG, backendLog } from '../../cli/backend-log.ts';
import { inFolder } from './folder.ts';

describe("the backend's log", () => {
  it('takes the place of the last one at the first text, not before, and is for its owner alone', () =>
    inFolder(async (root) => {
      const file = path.join(root, BACKEND_LOG);
      await mkdir(path.dirname(file));
      await writeFile(file, 'of a cloud that still runs');
      const log = backendLog(root);
      expect(await readFile(file, 'utf8')).to.equal('of a cloud that still runs');
      log('one\n');
      log('two\n');
      while ((await readFile(file, 'utf8').catch(() => '')) !== 'one\ntwo\n') await delay(5);
      expect((await stat(file)).mode & 0o777).to.equal(0o600);
    }));
});
