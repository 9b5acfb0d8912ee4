import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { copyProject, type Project } from '../project.ts';
import { openTerminal, type Running, type Terminal } from './terminal.ts';

interface Started {
  readonly project: Project;
  readonly terminal: Terminal;
  readonly running: Running;
}

let first: Promise<Started> | undefined;

/** A terminal in which `npm start` was typed, for all tests of it: each more would cost ten seconds of a processor. */
export const started = (): Promise<Started> => (first ??= start());

async function start(): Promise<Started> {
  const project = await copyProject();
  for (const name of ['api', 'authz', 'cli', 'demo', 'infra', 'local'])
    await symlink(path.join(project.repository, name), path.join(project.root, name));
  const terminal = await openTerminal(project.root);
  try {
    return { project, terminal, running: await terminal.start() };
  } catch (error) {
    await terminal.close();
    await project.close();
    throw error;
  }
}

after(async () => {
  const last = await first;
  await last?.terminal.close();
  await last?.project.close();
});
