import { expect } from 'chai';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { printFile } from '../../cli/print.ts';
import { parseCedar } from '../../cedar/text/policies.ts';
import { inFolder } from './folder.ts';

const SHOP = fileURLToPath(new URL('../types/shop.ts', import.meta.url));
const PHOTOS = fileURLToPath(new URL('../dsl/import/photos/policies.ts', import.meta.url));

/** What is printed of a module in the language of the tests' shop, or what is wrong with it. */
async function printed(source: string, tenant?: string): Promise<string> {
  let text = '';
  await inFolder(async (folder) => {
    const file = path.join(folder, 'file.ts');
    await writeFile(file, source.replace('SHOP', SHOP));
    text = await printFile(file, tenant, false).catch((error: unknown) =>
      error instanceof Error ? error.message.replaceAll(/\S*\/file\.ts/g, 'file.ts') : String(error),
    );
  });
  return text;
}

describe('cedarwright print', () => {
  it('prints policies and templates of any module in the order of the file, each once', async () => {
    const { policies, errors } = parseCedar(await printFile(PHOTOS, undefined, false), 'photos');
    expect(errors).to.deep.equal([]);
    expect(policies.map(({ annotations }) => annotations['id'])).to.deep.equal([
      'share',
      'owners-do-everything',
      'friends-view',
      'nicknames',
      'nicknames-twice',
      'album-readers',
      'policy7',
      'adults',
    ]);
  });

  it('tells tools what it prints and where it is from', async () => {
    const { policies }: { policies: readonly object[] } = JSON.parse(
      await printFile(PHOTOS, undefined, true),
    );
    expect(policies[0]).to.deep.include({ id: 'share', template: true, line: 9, column: 22 });
    expect(policies[1]).to.deep.include({ id: 'owners-do-everything', template: false });
  });

  it('prints a tenant with its slug, and shared policies with the one that is asked for', async () => {
    const group = "permit().principalInGroup('admins').id('a')";
    const tenant = `import { saasTenant } from 'SHOP';
      export default saasTenant({ slug: 'acme', policies: ({ permit }) => [${group}] });`;
    expect(await printed(tenant)).to.include('Group::"acme|admins"');
    const shared = `import { shop } from 'SHOP'; const { permit } = shop; export const all = [[${group}]];`;
    expect(await printed(shared)).to.include('Group::"tenant|admins"');
    expect(await printed(shared, 'globex')).to.include('Group::"globex|admins"');
    const guardrails = `import { guardrails } from 'SHOP';
      export default guardrails(({ slug, forbid }) => [
        forbid().when(({ principal }) => principal.department.ne(slug)).id('guardrail-a')]);`;
    expect(await printed(guardrails, 'acme')).to.include('principal.department != "acme"');
  });

  it('lists the mistakes of a file at their places', async () => {
    const text = await printed(`import { shop } from 'SHOP';
export const a = shop.permit();
export const b = [shop.permit().action('GET /nowhere' as never).id('b'), shop.permit().id('B')];`);
    expect(text.split('\n').map((line) => line.replace(/\].*/, ']'))).to.deep.equal([
      'file.ts:2:23 [NO_ID]',
      'file.ts:3:33 [UNKNOWN_ACTION]',
      'file.ts:3:88 [BAD_ID]',
    ]);
    expect(await printed('export const a = 1;')).to.match(/exports no policies$/);
    expect(await printed("import './nowhere.ts';")).to.match(/^file\.ts:1:8 \[NOT_LOADABLE\]/);
    expect(await printed('throw new Error("no");')).to.match(/^file\.ts:1:7 \[THROWN\].*no/);
  });

  it('runs a file where it reaches nothing', async () => {
    for (const hostile of [
      'process.exit(0)',
      'require("node:fs")',
      'globalThis.constructor.constructor("return process")().exit()',
      'fetch("http://127.0.0.1")',
      'new SharedArrayBuffer(1)',
    ]) {
      expect(await printed(`export const a = ${hostile};`), hostile).to.match(
        /\[(THROWN|RUN|NOT_LOADABLE)\]/,
      );
    }
  });
});
