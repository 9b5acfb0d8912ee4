import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { build } from '../../../cli/build/build.ts';
import { check } from '../../../cli/check.ts';
import { Expected } from '../../../cli/fail.ts';
import { type Problem, ProblemsError } from '../../../dsl/check/problem.ts';
import { validate } from '../../../cedar/validate.ts';
import { failure } from '../../local/failure.ts';
import { FIXTURES, newProject, type NewProject } from './new-project.ts';

const PROGRAM = fileURLToPath(new URL('../../../cli/cedarwright.js', import.meta.url));

describe('a new project', function () {
  this.timeout(60_000);

  for (const [document, actions] of [
    ['figma.yaml', 54],
    ['github.json', 300],
  ] as const) {
    it(`for ${document} is in order: vocabulary, tenant, service, policy test`, async () => {
      const project = await newProject(path.join(FIXTURES, document));
      try {
        expect(project.actions).to.be.at.least(actions);
        expect(await check(project.root, false)).to.equal(
          `in order: ${project.actions} actions, 1 tenant, 5 policies`,
        );
      } finally {
        await project.close();
      }
    });
  }

  describe('for petstore.yaml', () => {
    let project: NewProject;
    before(async () => {
      project = await newProject(path.join(FIXTURES, 'petstore.yaml'));
    });
    after(() => project.close());
    const at = (file: string): string => path.join(project.root, file);
    /** Changes a file for the length of a test. */
    const changed = async (file: string, change: (text: string) => string, test: () => Promise<void>) => {
      const text = await readFile(at(file), 'utf8');
      expect(change(text)).not.to.equal(text);
      await writeFile(at(file), change(text));
      try {
        await test();
      } finally {
        await writeFile(at(file), text);
      }
    };
    const problems = async (): Promise<readonly Problem[]> => {
      const error = await failure(check(project.root, true));
      if (!(error instanceof ProblemsError)) throw error;
      return error.problems;
    };

    it('passes its own policy test', async () => {
      const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, 'test'], {
        cwd: project.root,
      });
      expect(stdout).to.include('3 passing');
    });

    it('is checked as a whole: a tenant, a test and a stale vocabulary are told at once', async () => {
      expect(JSON.parse(await check(project.root, true))).to.deep.equal({ problems: [] });
      const { api }: { api: string } = JSON.parse(await readFile(at('package.json'), 'utf8')).cedarwright;
      await changed(
        'tenants/acme.ts',
        (text) => text.replace('op.addPet', 'op.adPet'),
        () =>
          changed(
            'test/policies/acme.test.ts',
            (text) => text.replace("'POST /pet'", "'POST /pets'"),
            () =>
              changed(
                api,
                (text) => text.replace('/store/inventory:', '/store/stock:'),
                async () => {
                  const found = (await problems()).map(
                    ({ site, code }) => `${path.basename(site?.file ?? '')} ${code}`,
                  );
                  expect(found).to.include.members([
                    'acme.ts TS2551',
                    'acme.test.ts TS2345',
                    'petstore.yaml STALE',
                    'model.json STALE',
                  ]);
                },
              ),
          ),
      );
    });

    it('is looked for where the command runs', async () => {
      const error = await failure(check(FIXTURES, true));
      expect(error).to.be.instanceOf(Expected).with.property('message').that.includes('no package.json');
    });

    it('builds what would be deployed: policies that Cedar takes with the schemas beside them', async () => {
      const files = await build(project.root, 'dist');
      expect(files).to.deep.equal([
        'acme/gateway-schema.json',
        'acme/gateway.cedar',
        'acme/policies.cedar',
        'acme/schema.json',
        'manifest.json',
        'model.json',
      ]);
      for (const [policies, schema] of [
        ['policies', 'schema'],
        ['gateway', 'gateway-schema'],
      ] as const) {
        const text = await readFile(at(`dist/acme/${policies}.cedar`), 'utf8');
        const each = text.split(/^(?=@id)/m);
        expect(each).to.have.length(5);
        const parsed: object = JSON.parse(await readFile(at(`dist/acme/${schema}.json`), 'utf8'));
        const findings = validate({
          schema: parsed,
          policies: Object.fromEntries(each.map((policy, index) => [`p${index}`, policy])),
        });
        expect(findings).to.deep.equal([]);
      }
      const { tenants }: { tenants: readonly { policies: readonly { id: string; source: string }[] }[] } =
        JSON.parse(await readFile(at('dist/manifest.json'), 'utf8'));
      expect(tenants[0]?.policies[0]).to.deep.include({ id: 'readers-read', source: 'tenants/acme.ts:7:5' });
    });

    it('builds again over an earlier build, and over nothing else', async () => {
      await build(project.root, 'again');
      const before = await readFile(at('again/manifest.json'), 'utf8');
      await build(project.root, 'again');
      expect(await readFile(at('again/manifest.json'), 'utf8')).to.equal(before);
      await writeFile(at('again/notes.txt'), 'mine');
      expect(await failure(build(project.root, 'again'))).to.be.instanceOf(Expected);
      expect(await readdir(at('again'))).to.include('notes.txt');
      await mkdir(at('app'));
      await writeFile(at('app/manifest.json'), '{"name":"an app"}');
      expect(await failure(build(project.root, 'app'))).to.be.instanceOf(Expected);
    });
  });
});
