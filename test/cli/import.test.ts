import { expect } from 'chai';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { importPolicies } from '../../cli/import.ts';
import { printFile } from '../../cli/print.ts';
import { inFolder } from './folder.ts';

const messageOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );

describe('cedarwright import', () => {
  it('shows the source, and says what it would need', () =>
    inFolder(async (folder) => {
      const file = path.join(folder, 'p.cedar');
      await writeFile(file, '@id("A B") permit(principal, action, resource);');
      const { stdout, stderr, json } = await importPolicies({ file });
      expect(stdout).to.match(/^import { permit, type Policies } from '\.\/schema\.ts';\n/);
      expect(stderr).to.equal(
        '"A B" is called a-b now\n--out writes this to a file, and beside it schema.ts, which it imports\n',
      );
      expect(json).to.deep.include({ policies: 1, renamed: [{ id: 'a-b', was: 'A B' }], untyped: [] });
    }));

  it('writes both files, and never over what somebody may have edited', () =>
    inFolder(async (folder) => {
      const file = path.join(folder, 'p.cedar');
      const out = path.join(folder, 'new', 'photos.ts');
      await writeFile(file, 'permit(principal is User, action, resource);');
      expect((await importPolicies({ file, out })).stdout).to.match(
        /^1 policy written to .*photos\.ts and .*schema\.ts\n$/,
      );
      expect(await printFile(out, undefined, false)).to.equal(
        '@id("policy0")\npermit (\n  principal is User,\n  action,\n  resource\n);',
      );
      // The same again changes nothing, so it may be.
      await importPolicies({ file, out });
      const edited = `${await readFile(out, 'utf8')}// mine\n`;
      await writeFile(out, edited);
      expect(await messageOf(importPolicies({ file, out }))).to.match(/photos\.ts is there already/);
      expect(await readFile(out, 'utf8')).to.equal(edited);

      const other = path.join(folder, 'new', 'others.ts');
      await writeFile(path.join(folder, 'new', 'schema.ts'), 'export {};\n');
      expect(await messageOf(importPolicies({ file, out: other }))).to.match(/schema\.ts is there already/);
    }));

  it('says which file is not there, or is no place for source', () =>
    inFolder(async (folder) => {
      const file = path.join(folder, 'p.cedar');
      expect(await messageOf(importPolicies({ file }))).to.equal(`there is no file ${file}`);
      await writeFile(file, '');
      expect(await messageOf(importPolicies({ file, schema: 'nowhere' }))).to.equal(
        'there is no file nowhere',
      );
      expect(await messageOf(importPolicies({ file, out: 'a.js' }))).to.match(/a\.js is no TypeScript file/);
      expect(await messageOf(importPolicies({ file, out: 'schema.ts' }))).to.match(
        /where the vocabulary goes/,
      );
    }));
});
