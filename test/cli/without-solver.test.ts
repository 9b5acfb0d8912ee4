import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../cli/cedarwright.js', import.meta.url));
const SCHEMA = `entity User { tenant: String };
entity Doc { tenant: String };
action read appliesTo { principal: [User], resource: [Doc] };`;
const POLICY = 'permit(principal, action, resource) when { principal.tenant == resource.tenant };';

const module = (text: string): string => `data:text/javascript,${encodeURIComponent(text)}`;
/** As Node answers where an optional dependency was left out. */
const MISSING = module(`
export async function resolve(name, context, next) {
  if (name !== 'z3-solver') return next(name, context);
  throw Object.assign(new Error('not installed'), { code: 'ERR_MODULE_NOT_FOUND' });
}`);
const WITHOUT = module(`
import { register } from 'node:module';
register(${JSON.stringify(MISSING)});`);

describe('analysis without the solver', function () {
  this.timeout(30_000);

  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'cedarwright-without-'));
    await writeFile(path.join(folder, 's.cedarschema'), SCHEMA);
    await writeFile(path.join(folder, 'p.cedar'), POLICY);
  });
  after(() => rm(folder, { recursive: true }));

  const prove = (...options: readonly string[]) =>
    spawnSync(
      process.execPath,
      [...options, PROGRAM, 'prove', 'isolation', '--schema', 's.cedarschema', '--policies', 'p.cedar'],
      { cwd: folder, encoding: 'utf8' },
    );

  it('says what it cannot say, and does not end as if it could', () => {
    const { status, stdout } = prove('--import', WITHOUT);
    expect(status).to.equal(12);
    expect(stdout)
      .to.match(/: sampled in \d+/)
      .and.not.include('proved');
    expect(prove()).to.include({ status: 0 }).and.property('stdout').to.include('proved');
  });
});
