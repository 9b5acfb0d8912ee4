import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { policyFromPlain } from '../../cedar/json.ts';
import { printPolicy } from '../../cedar/print.ts';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const GUIDE = path.join(REPOSITORY, 'docs/policies.md');

/** A block of TypeScript, and the Cedar that follows it. */
interface Example {
  readonly code: string;
  readonly cedar: string | undefined;
}

const examplesIn = (guide: string): Example[] =>
  [...guide.matchAll(/^```ts\n(.*?)^```\n(?:\n(?:prints[^\n]*\n\n)?```cedar\n(.*?)^```$)?/gms)].map(
    ([, code = '', cedar]) => ({ code, cedar: cedar?.trim() }),
  );

/** A block as a module: one that is no file of its own stands among the policies of a tenant. */
const moduleOf = ({ code, cedar }: Example): string => {
  const whole =
    cedar === undefined || code.includes('export default')
      ? code
      : `import { saasTenant } from '../dsl/index.ts';
export default saasTenant({ slug: 'acme', groups: ['PAYEE_MGMT'], policies: ({ permit, forbid, op, set, actionEntity }) => [
${code.trimEnd().replace(/;$/, '')}] });
`;
  return whole.replaceAll(/'(?:\.\.\/)+dsl\//g, `'${REPOSITORY}dsl/`);
};

/** What the compiler says of the modules. Examples need not use all that they could. */
async function compiled(folder: string): Promise<string> {
  const options = {
    extends: `${REPOSITORY}tsconfig.json`,
    compilerOptions: {
      typeRoots: [path.join(REPOSITORY, 'node_modules/@types')],
      noUnusedLocals: false,
      noUnusedParameters: false,
    },
    include: ['*.ts'],
  };
  await writeFile(path.join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(path.join(folder, 'tsconfig.json'), JSON.stringify(options));
  const tsc = path.join(REPOSITORY, 'node_modules/typescript7/bin/tsc');
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [tsc, '-p', folder, '--pretty', 'false', '--checkers', '1'],
      (_error, stdout) => resolve(stdout),
    );
  });
}

/** The Cedar of a module's tenant. */
async function printed(file: string): Promise<string> {
  const module: { readonly default?: unknown } = await import(pathToFileURL(file).href);
  // The language that the module has loaded, which need not be the one that this file has.
  const { tenantToPlain } = await import('../../dsl/tenants/read.ts');
  const tenant = tenantToPlain(module.default);
  if (!tenant.ok) throw new Error(JSON.stringify(tenant.problems));
  const { slug, policies } = tenant.value;
  return policies.map((policy) => printPolicy(policyFromPlain(policy), { prefix: slug })).join('\n\n');
}

describe('docs/policies.md', () => {
  let guide: string;
  let folder: string;
  before(async () => {
    guide = await readFile(GUIDE, 'utf8');
    folder = await mkdtemp(path.join(tmpdir(), 'cedarwright-guide-'));
  });
  after(() => rm(folder, { recursive: true }));

  it('shows policies that compile, and the Cedar that they print', async () => {
    const examples = examplesIn(guide);
    expect(examples.filter(({ cedar }) => cedar !== undefined)).to.have.lengthOf(4);
    const file = (i: number): string => path.join(folder, `example-${i}.ts`);
    for (const [i, example] of examples.entries()) await writeFile(file(i), moduleOf(example));
    expect(await compiled(folder)).to.equal('');
    for (const [i, { cedar }] of examples.entries()) {
      if (cedar !== undefined) expect(await printed(file(i))).to.equal(cedar);
    }
  });

  it('leads to files that are there', async () => {
    const links = [...guide.matchAll(/\]\(([^):]+)\)/g)].map(([, link = '']) => link);
    expect(links).not.to.deep.equal([]);
    for (const link of links) await access(path.resolve(path.dirname(GUIDE), link));
  });
});
