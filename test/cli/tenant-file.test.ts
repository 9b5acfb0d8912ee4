import { expect } from 'chai';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { NEW_KINDS, newTenant, retireTenant } from '../../cli/tenant-file.ts';
import { checkSyntax } from '../../dsl/check/syntax.ts';

describe('a tenant’s file', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'cedarwright-tenant-'));
  });
  afterEach(() => rm(root, { recursive: true }));

  const text = (slug: string): Promise<string> => readFile(path.join(root, `tenants/${slug}.ts`), 'utf8');
  const syntax = async (slug: string) =>
    checkSyntax({ file: `tenants/${slug}.ts`, text: await text(slug) }, 'tenant', 'tenants');
  const refusal = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => '',
      (error: unknown) => (error instanceof Error ? error.message : ''),
    );

  for (const kind of NEW_KINDS) {
    it(`is begun as a ${kind}, in order from the start`, async () => {
      await newTenant(root, 'initech', kind);
      expect(await text('initech')).to.include(`export default ${kind}({\n  slug: 'initech',`);
      expect(await syntax('initech')).to.deep.include({ problems: [], retired: false });
    });
  }

  it('is never written over by a new one', async () => {
    await newTenant(root, 'initech', 'saasTenant');
    expect(await refusal(newTenant(root, 'initech', 'customerApp'))).to.include('is there already');
    await retireTenant(root, 'initech');
    expect(await refusal(newTenant(root, 'initech', 'saasTenant'))).to.include('never used again');
  });

  it('says that the tenant is retired, whether it was there or not', async () => {
    await newTenant(root, 'initech', 'saasTenant');
    for (const slug of ['initech', 'vanished']) {
      expect(await retireTenant(root, slug)).to.include('pulumi up');
      expect(await syntax(slug)).to.deep.include({ problems: [], retired: true });
    }
    expect(await refusal(retireTenant(root, 'initech'))).to.include('says so already');
  });

  for (const slug of ['', 'a', 'Acme', '../acme', 'a/b', '-acme', 'a'.repeat(32)]) {
    it(`is not made for "${slug}"`, async () => {
      expect(await refusal(newTenant(root, slug, 'saasTenant'))).to.include('is no slug');
      expect(await refusal(retireTenant(root, slug))).to.include('is no slug');
    });
  }
});
