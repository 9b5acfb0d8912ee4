import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { quotas } from '../../cli/quotas.ts';
import type { QuotaUse } from '../../infra/quotas.ts';
import { FIXTURES, folderWith, newProject, type NewProject } from './init/new-project.ts';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const PROGRAM = path.join(REPOSITORY, 'cli/cedarwright.js');

/** Every part of a path is a resource of the REST API, of which there may be 300: here are 14 * 22. */
const DEEP = Object.fromEntries(
  Array.from({ length: 14 }, (_, n) => [
    Array.from({ length: 22 }, (_part, depth) => `/p${n}-${depth}`).join(''),
    { get: { operationId: `read${n}`, responses: { 200: { description: 'Read.' } } } },
  ]),
);

describe('cedarwright quotas', function () {
  this.timeout(30_000);
  let small: NewProject;
  let deep: NewProject;
  let folder: string;
  before(async () => {
    const info = { title: 'Deep', version: '1' };
    folder = await folderWith({ 'deep.yaml': stringify({ openapi: '3.1.0', info, paths: DEEP }) });
    [small, deep] = await Promise.all([
      newProject(path.join(FIXTURES, 'petstore.yaml')),
      newProject(path.join(folder, 'deep.yaml')),
    ]);
  });
  after(async () => {
    await small.close();
    await deep.close();
    await rm(folder, { recursive: true });
  });

  it('fits a terminal, and ends well within all limits', async () => {
    const { text, exitCode } = await quotas(small.root, false);
    const lines = text.split('\n');
    const table = lines.filter((line) => /^[┌├└│]/.test(line));
    expect(exitCode).to.equal(0);
    expect(table.join('\n')).to.match(/Cognito +│ user pools +│ +1 │ +1000 │ +1 │/);
    expect(table.filter((line) => line.length > 80)).to.deep.equal([]);
    expect(lines.at(-1)).to.include('two a tenant');
  });

  it('is what the README shows of this repository', async () => {
    const { text } = await quotas(REPOSITORY, false);
    expect(await readFile(path.join(REPOSITORY, 'README.md'), 'utf8')).to.include(text);
  });

  it('names for tools what is exceeded', async () => {
    const { text, exitCode } = await quotas(deep.root, true);
    const { quotas: uses }: { quotas: readonly (QuotaUse & { exceeded: boolean })[] } = JSON.parse(text);
    const exceeded = uses.filter((use) => use.exceeded).map(({ quota }) => quota);
    expect({ exitCode, exceeded }).to.deep.equal({ exitCode: 10, exceeded: ['resources of a REST API'] });
  });

  it('ends with 10 past a limit, and says what to ask AWS for', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, 'quotas'], {
      cwd: deep.root,
      encoding: 'utf8',
    });
    expect({ status, stderr }).to.deep.equal({ status: 10, stderr: '' });
    expect(stdout.trimEnd().split('\n').at(-1)).to.match(
      /^API Gateway, resources of a REST API: 309 of 300 — ask for 309 or more: Service Quotas/,
    );
  });
});
