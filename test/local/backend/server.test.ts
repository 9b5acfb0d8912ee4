import { expect } from 'chai';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startBackend, type Backend } from '../../../local/backend/server.ts';
import { freePort, LOOPBACK } from '../../../local/loopback.ts';
import { failure } from '../failure.ts';

const SERVICE = `
const http = require('node:http');
import { words } from './words';
const port: number = Number(process.env.PORT);
http.createServer((_: unknown, response: any) => response.end(words)).listen(port, '127.0.0.1');
`;

describe('the backend process', () => {
  let root: string;
  before(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'cedarwright-backend-'));
    // No "type": TypeScript of this project is CommonJS.
    await writeFile(path.join(root, 'package.json'), '{}');
    await writeFile(path.join(root, 'words.ts'), `export const words: string = 'here I am';`);
    await writeFile(path.join(root, 'main.ts'), SERVICE);
    await writeFile(path.join(root, 'broken.ts'), `throw new Error('no database ' + (1 as number));`);
  });
  after(() => rm(root, { recursive: true }));

  const start = async (file: string): Promise<{ readonly backend: Backend; readonly url: string }> => {
    const port = await freePort();
    const entry = path.join(root, file);
    const backend = await startBackend({ entry, root, port, environment: {}, log: () => undefined });
    return { backend, url: `http://${LOOPBACK}:${port}` };
  };

  it('runs a service that is CommonJS, until it is closed', async () => {
    const { backend, url } = await start('main.ts');
    expect(await (await fetch(url)).text()).to.equal('here I am');
    await backend.close();
    expect(await failure(fetch(url))).to.be.instanceOf(Error);
  });

  it('says what a service printed that ended before it listened', async () => {
    const error = await failure(start('broken.ts'));
    expect(error)
      .to.have.property('message')
      .that.matches(/broken\.ts ended before it listened:[^]*no database 1/);
  });
});
