import { expect } from 'chai';
import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatProblem } from '../../dsl/check/problem.ts';
import { loadModel } from '../../dsl/schema/model.ts';
import { writeSchema } from '../../dsl/schema/write-schema.ts';
import { loadTenants } from '../../dsl/tenants/load.ts';
import { policyTests } from '../../dsl/testing/index.ts';
import { issuerSources } from '../../infra/token-source.ts';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

/** The guide's files, as its blocks say: `// tenants/clinic.ts`. */
async function filesOf(guide: string): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(path.join(REPOSITORY, guide), 'utf8');
  const blocks = [...text.matchAll(/^```\w+\n(?:\/\/|#) (\S+)\n(.*?)^```$/gms)];
  return new Map(blocks.map(([, name = '', code = '']) => [name, code]));
}

/** Policy tests of a vocabulary that is made while the test runs, so that no type knows it. */
interface Asked {
  can(principal: string, action: string, ...about: readonly object[]): unknown;
  cannot(principal: string, action: string, ...about: readonly object[]): unknown;
}

const isAsked = (tests: unknown): tests is Asked =>
  typeof tests === 'object' && tests !== null && 'can' in tests && 'cannot' in tests;

describe('the clinic of docs/identity-providers.md', function () {
  this.timeout(60_000);
  let root: string;
  before(async () => {
    root = await realpath(await mkdtemp(path.join(tmpdir(), 'cedarwright-docs-')));
    const write = async (name: string, text: string): Promise<void> => {
      await mkdir(path.dirname(path.join(root, name)), { recursive: true });
      await writeFile(path.join(root, name), text);
    };
    for (const [name, text] of await filesOf('docs/identity-providers.md')) await write(name, text);
    await write('package.json', '{ "type": "module" }');
    await symlink(path.join(REPOSITORY, 'node_modules'), path.join(root, 'node_modules'));
    const language = await readFile(path.join(REPOSITORY, 'dsl/index.ts'), 'utf8');
    await write('dsl/index.ts', language.replaceAll("'./language.ts'", `'${REPOSITORY}dsl/language.ts'`));
    const tsconfig = { extends: `${REPOSITORY}tsconfig.tenants.json`, include: ['tenants'] };
    await write('tsconfig.json', JSON.stringify(tsconfig));
    const out = path.join(root, 'dsl/generated');
    await writeSchema({ api: path.join(root, 'api/openapi.yaml'), out, check: false });
  });
  after(() => rm(root, { recursive: true }));

  it('compiles, and has two tenants with policies of their own', async () => {
    const { tenants, problems } = await loadTenants({ root, model: loadModel(root), types: true });
    expect(problems.map(formatProblem)).to.deep.equal([]);
    expect(tenants.map(({ slug, kind, identity }) => [slug, kind, identity?.kind])).to.deep.equal([
      ['clinic', 'workforceApp', 'federated'],
      ['portal', 'customerApp', 'issuer'],
    ]);
  });

  it('believes of the portal what its file lists', async () => {
    const model = loadModel(root);
    const { tenants } = await loadTenants({ root, model, types: false });
    const portal = tenants.find(({ slug }) => slug === 'portal');
    if (portal?.identity?.kind !== 'issuer') throw new Error('the portal has no issuer');
    expect(issuerSources(portal, model, portal.identity)).to.deep.equal([
      {
        pk: 'iss#https://portal.health.example',
        sk: 'client#clinic-app',
        audiences: ['clinic-app'],
        audience: 'https://api.clinic.example',
        clientIdClaim: 'client_id',
        principalType: 'Client',
        claimMap: { patient_number: 'patientNumber' },
        groupsClaim: 'roles',
        groups: ['GUARDIAN'],
      },
    ]);
  });

  it('decides for employees and clients by their own policies, on the same charts', async () => {
    const { policies } = policyTests();
    const asked = async (slug: string): Promise<Asked> => {
      const tests: unknown = await policies(slug, { root });
      if (!isAsked(tests)) throw new Error('no policy tests');
      return tests;
    };
    const [clinic, portal] = await Promise.all([asked('clinic'), asked('portal')]);
    const chart = (attributes: object = {}): object => ({
      type: 'Chart',
      attributes: { tenant: 'clinic', patientNumber: 'P-7', ward: 'B2', billing: false, ...attributes },
    });
    const [read, change] = ['GET /charts/{id}', 'PATCH /charts/{id}'];
    clinic.can('nina', read, chart());
    clinic.cannot('nina', read, chart({ ward: 'C1' }));
    clinic.cannot('nina', read, chart({ billing: true }));
    clinic.can('abel', read, chart({ billing: true }));
    clinic.can('nina', change, chart(), { changes: ['ward'] });
    clinic.cannot('nina', change, chart(), { changes: ['ward', 'patientNumber'] });
    clinic.cannot('abel', change, chart(), { changes: ['ward'] });
    portal.can('carl', read, chart());
    portal.cannot('carl', read, chart({ patientNumber: 'P-8' }));
    portal.cannot('carl', read, chart({ tenant: 'portal' }));
  });
});
