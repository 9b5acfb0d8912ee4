import { expect } from 'chai';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Expected } from '../../cli/fail.ts';
import { apiOf, readProject } from '../../cli/project.ts';
import { inFolder } from './folder.ts';

describe('a project', () => {
  it('names in package.json what runs beside the authorization, from its own folder', () =>
    inFolder(async (root) => {
      const cedarwright = { backend: 'app/main.ts', migrations: 'app/sql', examples: 'app/examples.json' };
      await writeFile(path.join(root, 'package.json'), JSON.stringify({ cedarwright }));
      expect(await readProject(root)).to.deep.equal({
        backend: path.join(root, 'app/main.ts'),
        migrations: path.join(root, 'app/sql'),
        examples: path.join(root, 'app/examples.json'),
      });
    }));

  it('without a database names no migrations', () =>
    inFolder(async (root) => {
      const cedarwright = { backend: 'main.ts', examples: 'examples.json' };
      await writeFile(path.join(root, 'package.json'), JSON.stringify({ cedarwright }));
      expect(await readProject(root)).not.to.have.property('migrations');
    }));

  it('that names only a part of it is told what is missing', () =>
    inFolder(async (root) => {
      await writeFile(path.join(root, 'package.json'), '{"cedarwright":{"backend":"main.ts"}}');
      const error: unknown = await readProject(root).catch((failure: unknown) => failure);
      expect(error).to.be.instanceOf(Expected);
      expect(error).to.have.property('message').that.includes('backend and examples');
    }));

  it('has its API document in the usual place, or says where', () =>
    inFolder(async (root) => {
      await writeFile(path.join(root, 'package.json'), '{}');
      expect(await apiOf(root)).to.equal('api/openapi.yaml');
      await writeFile(path.join(root, 'package.json'), '{"cedarwright":{"api":"spec/shop.json"}}');
      expect(await apiOf(root)).to.equal('spec/shop.json');
    }));
});
