import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { acrossTenants, inTenant } from '../../authz/backend/tenant-transaction.ts';
import { sessionsInPostgres } from '../../authz/backend/index.ts';
import { freshDatabase, type TestDatabase } from '../authz/backend/database.ts';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

describe('the service of docs/backends.md', function () {
  this.timeout(60_000);
  let root: string;
  before(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'cedarwright-docs-'));
    const text = await readFile(path.join(REPOSITORY, 'docs/backends.md'), 'utf8');
    for (const [, name = '', code = ''] of text.matchAll(/^```\w+\n(?:\/\/|--) (\S+)\n(.*?)^```$/gms)) {
      await mkdir(path.dirname(path.join(root, name)), { recursive: true });
      await writeFile(path.join(root, name), code);
    }
  });
  after(() => rm(root, { recursive: true }));

  it('compiles', async () => {
    await symlink(path.join(REPOSITORY, 'node_modules'), path.join(root, 'node_modules'));
    const paths = { 'cedarwright/backend': [path.join(REPOSITORY, 'authz/backend/index.ts')] };
    const tsconfig = {
      extends: path.join(REPOSITORY, 'tsconfig.json'),
      compilerOptions: { paths },
      include: ['service'],
    };
    await writeFile(path.join(root, 'tsconfig.json'), JSON.stringify(tsconfig));
    await writeFile(path.join(root, 'package.json'), '{ "type": "module" }');
    const compiler = path.join(REPOSITORY, 'node_modules/typescript7/bin/tsc');
    const { stdout } = await promisify(execFile)(process.execPath, [
      compiler,
      '-p',
      root,
      '--noEmit',
      '--checkers',
      '1',
    ]).catch((error: { readonly stdout: string }) => error);
    expect(stdout).to.equal('');
  });

  describe('with its tables', () => {
    let database: TestDatabase;
    before(async () => {
      database = await freshDatabase(path.join(root, 'migrations'), ['service']);
    });
    after(() => database.close());

    it('shows each tenant its own books, a list of several theirs, and writes to one alone', async () => {
      const pool = database.pool('service', 1);
      const titles = async (rows: Pick<typeof pool, 'query'>): Promise<readonly string[]> =>
        (await rows.query<{ title: string }>('select title from book order by title')).rows.map(
          ({ title }) => title,
        );
      for (const tenant of ['acme', 'globex', 'hooli'])
        await inTenant(pool, tenant, (rows) =>
          rows.query("insert into book (id, title) values ('1', authz.current_tenant())"),
        );
      expect(await inTenant(pool, 'acme', titles)).to.deep.equal(['acme']);
      expect(
        await acrossTenants(pool, ['acme', 'globex'], ({ database: rows }) => titles(rows)),
      ).to.deep.equal(['acme', 'globex']);
      expect(await titles(pool)).to.deep.equal([]);
    });

    it('keeps sockets', async () => {
      const sessions = sessionsInPostgres(database.pool('service', 1), 'secret');
      await sessions.open({ connectionId: 'a=', token: 'x.y.z' });
      expect(await sessions.all()).to.deep.equal([{ connectionId: 'a=', token: 'x.y.z' }]);
      await sessions.end('a=');
      expect(await sessions.find('a=')).to.equal(undefined);
    });
  });
});
