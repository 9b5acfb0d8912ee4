import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

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

  it('says what it cannot say, and does not end as if it could', () => {
    const { status, stdout } = spawnSync(
      process.execPath,
      ['--import', WITHOUT, 'cli/cedarwright.js', 'prove', 'isolation', 'acme'],
      { cwd: REPOSITORY, encoding: 'utf8' },
    );
    expect(status).to.equal(12);
    expect(stdout).to.match(/principal\.tenant is acme: sampled in \d+/);
  });
});
