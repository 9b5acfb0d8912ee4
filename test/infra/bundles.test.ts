import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildFrom, type Built } from '../../infra/bundles.ts';
import { modelFile } from '../../dsl/schema/model.ts';
import { model } from '../authz/fixture.ts';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

describe('the bundles of the handlers', function () {
  this.timeout(30_000);
  let folder: string;
  let here: Built;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'cedarwright-test-'));
    here = await buildFrom(REPOSITORY, await projectIn(path.join(folder, 'a-project')));
  });
  after(() => rm(folder, { recursive: true }));

  it('are the same whichever checkout they are built in, to the last byte', async () => {
    const checkout = path.join(folder, 'somewhere/deeper/checkout');
    await checkOut(here.sources, checkout);
    const there = await buildFrom(checkout, await projectIn(path.join(folder, 'another-project')));
    const hashes = await hashesOf(there);
    expect(Object.keys(hashes)).to.deep.equal(['authorizer', 'pre-token', 'policy-sync']);
    expect(hashes).to.deep.equal(await hashesOf(here));
  });

  it('name no folder of the machine that built them', async () => {
    for (const bundle of Object.values(here.folders)) {
      const code = await readFile(path.join(bundle, 'index.mjs'), 'utf8');
      expect(code.includes(REPOSITORY) || code.includes(folder)).to.equal(false);
    }
  });
});

/** A project as far as bundles go: the vocabulary of an API. */
async function projectIn(root: string): Promise<string> {
  await mkdir(path.dirname(modelFile(root)), { recursive: true });
  await writeFile(modelFile(root), JSON.stringify(model));
  return root;
}

/** As much of the repository as the bundles are made of, with the packages' own descriptions, which say what is where. */
async function checkOut(sources: readonly string[], checkout: string): Promise<void> {
  const packages = sources.flatMap((source) => {
    const folders = source.split('/').map((_, depth, parts) => parts.slice(0, depth).join('/'));
    return folders.map((parent) => path.posix.join(parent, 'package.json'));
  });
  const wanted = [...new Set([...sources, ...packages])];
  for (const parent of new Set(wanted.map((file) => path.dirname(file))))
    await mkdir(path.join(checkout, parent), { recursive: true });
  await Promise.all(
    wanted.map((file) =>
      copyFile(path.join(REPOSITORY, file), path.join(checkout, file)).catch((error: unknown) => {
        if (!packages.includes(file)) throw error;
      }),
    ),
  );
}

/** Of each archive: what is in it, by name. */
async function hashesOf({ folders }: Built): Promise<Record<string, string>> {
  const hashes = Object.entries(folders).map(async ([name, bundle]): Promise<[string, string]> => {
    const hash = createHash('sha256');
    const entries = await readdir(bundle, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    for (const file of files.map((entry) => path.join(entry.parentPath, entry.name)).toSorted())
      hash.update(`${path.relative(bundle, file)}\n`).update(await readFile(file));
    return [name, hash.digest('hex')];
  });
  return Object.fromEntries(await Promise.all(hashes));
}
