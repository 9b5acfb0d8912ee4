import { expect } from 'chai';
import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { decodeJwt } from 'jose';
import { readRunning, type Running as Note } from '../../cli/running.ts';
import { signIn } from '../../local/seed/sign-in.ts';
import { FIXTURES, folderWith, newProject, type NewProject } from '../cli/init/new-project.ts';
import { endOf } from './npm-start/end-of.ts';
import { openTerminal, type Running, type Terminal } from './npm-start/terminal.ts';

const AUTHZ = `namespace: Store
principals:
  User: { kinds: [saasTenant], required: [team], properties: { team: { type: string } } }
components:
  Pet: { entity: true, attributes: [name] }
operations:
  GET /pet/{petId}: { resource: { type: Pet, id: { path: petId } } }
`;

/** A tenant that adds attributes of every shape to who asks, and one to what is asked for. */
const BETA = `import { saasTenant } from '../dsl/index.ts';

export default saasTenant({
  slug: 'beta',
  groups: ['VET'],
  attributes: {
    User: {
      costCenter: 'String',
      office: { type: 'Record', attributes: { city: 'String', floor: { type: 'Long', optional: true } } },
      badges: { type: 'Set', of: 'Long' },
      nick: { type: 'String', optional: true },
    },
    Pet: { costCenter: 'String' },
  },
  policies: ({ permit, op }) => [
    permit()
      .principalInGroup('VET')
      .action(op.getPetById)
      .when(({ principal, resource }) =>
        principal.costCenter.eq(resource.costCenter).and(
          principal.office.city.eq('Bern'),
          principal.office.floor.has((floor) => floor.gt(1)),
          principal.badges.contains(7),
        ),
      )
      .unless(({ principal }) => principal.nick.has((nick) => nick.eq('intern')))
      .id('vets-see-pets-of-their-cost-center'),
  ],
  users: {
    vera: {
      groups: ['VET'],
      attributes: { team: 'a', costCenter: 'c1', office: { city: 'Bern', floor: 2 }, badges: [7, 8] },
    },
    otto: {
      groups: ['VET'],
      attributes: { team: 'a', costCenter: 'c2', office: { city: 'Bern', floor: 2 }, badges: [7] },
    },
    flo: {
      groups: ['VET'],
      attributes: { team: 'a', costCenter: 'c1', office: { city: 'Bern' }, badges: [7] },
    },
    ina: {
      groups: ['VET'],
      attributes: { team: 'a', costCenter: 'c1', office: { city: 'Bern', floor: 2 }, badges: [7], nick: 'intern' },
    },
  },
});
`;

interface Example {
  readonly title: string;
  readonly user: string;
  readonly method: string;
  readonly path: string;
  readonly expect: number;
}

describe("another team's API", function () {
  this.timeout(120_000);
  let source: string;
  let project: NewProject;
  let terminal: Terminal;
  let running: Running;
  let cloud: Note;

  before(async () => {
    source = await folderWith({ 'authz.yaml': AUTHZ });
    const api = path.join(source, 'petstore.yaml');
    await copyFile(path.join(FIXTURES, 'petstore.yaml'), api);
    project = await newProject(api);
    const at = (file: string): string => path.join(project.root, file);
    await writeFile(at('tenants/beta.ts'), BETA);
    const rows = await readFile(at('backend/rows.ts'), 'utf8');
    await writeFile(
      at('backend/rows.ts'),
      rows.replace("name: 'sample'", "name: 'sample', costCenter: 'c1'"),
    );
    terminal = await openTerminal(project.root);
    running = await terminal.start();
    cloud = (await readRunning(project.root))!;
  });
  after(async () => {
    await terminal.close();
    await project.close();
    await rm(source, { recursive: true });
  });

  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (who: string): Promise<string> => {
    const [tenant = '', user = ''] = who.split('/');
    const token = tokens.get(who) ?? signIn(cloud, tenant, user).then(({ AccessToken = '' }) => AccessToken);
    tokens.set(who, token);
    return token;
  };
  const ask = async (request: string, who: string): Promise<{ status: number; body: unknown }> => {
    const [method = '', target = ''] = request.split(' ');
    const authorization = `Bearer ${await tokenOf(who)}`;
    const response = await fetch(cloud.gateway + target, { method, headers: { authorization } });
    return { status: response.status, body: await response.json() };
  };

  it('starts without a database, which it does not name', () => {
    expect(running.output()).to.include('✓ backend').and.not.include('PostgreSQL');
  });

  it('allows and denies what its examples say, through its gateway', async () => {
    const examples: readonly Example[] = JSON.parse(
      await readFile(path.join(project.root, 'examples.json'), 'utf8'),
    );
    expect(examples.map((example) => example.expect)).to.include.members([200, 403]);
    for (const example of examples) {
      const { status } = await ask(`${example.method} ${example.path}`, example.user);
      expect(status, example.title).to.equal(example.expect);
    }
  });

  it('refuses what is no operation, and a resource that its service does not have', async () => {
    expect(await ask('GET /nowhere', 'acme/rita')).to.include({ status: 403 });
    const { status, body } = await ask('GET /pet/2', 'beta/vera');
    expect(status).to.equal(403);
    expect(body).to.have.property('reason', 'RESOURCE_NOT_VISIBLE');
  });

  describe('with a tenant that adds attributes', () => {
    it('puts them into the tokens of that tenant, and of no other', async () => {
      expect(decodeJwt(await tokenOf('beta/vera'))).to.deep.include({
        ext_costCenter: 'c1',
        ext_office: { city: 'Bern', floor: 2 },
        ext_badges: [7, 8],
      });
      expect(Object.keys(decodeJwt(await tokenOf('acme/rita'))).join(' ')).not.to.include('ext_');
    });

    it('decides on them: of the principal and of the resource, records, sets, and what may be absent', async () => {
      expect(await ask('GET /pet/1', 'beta/vera')).to.include({ status: 200 });
      for (const who of ['beta/otto', 'beta/flo', 'beta/ina']) {
        const { status, body } = await ask('GET /pet/1', who);
        expect(status, who).to.equal(403);
        // The gateway, which knows none of them, lets the service decide.
        expect(body, who).to.have.property('reason', 'POLICY_DENIES');
      }
    });
  });

  describe('when its npm is killed', () => {
    it('leaves no process and no port behind', async () => {
      expect(await endOf(running, () => process.kill(running.npm, 'SIGKILL'))).to.deep.equal([]);
    });
  });
});
