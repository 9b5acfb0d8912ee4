import { expect } from 'chai';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pulumiProject } from '../../cli/pulumi-project.ts';

describe('the Pulumi project of a folder', () => {
  let root: string;
  before(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'cedarwright-test-'));
  });
  after(() => rm(root, { recursive: true }));

  it('is what Pulumi.yaml calls it, and this one’s where there is none', async () => {
    expect(await pulumiProject(root)).to.equal('cedarwright');
    await writeFile(path.join(root, 'Pulumi.yaml'), 'name: shop\nruntime: nodejs\n');
    expect(await pulumiProject(root)).to.equal('shop');
  });
});
