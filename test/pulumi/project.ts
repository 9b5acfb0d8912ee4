import { cp, symlink } from 'node:fs/promises';
import path from 'node:path';
import { copyProject, type Project } from '../e2e/project.ts';

export type { Project };

/** A project that Pulumi can deploy, with tenant files of its own to edit. */
export async function deployable(): Promise<Project> {
  const project = await copyProject();
  // Where a module lies decides what it imports: links lead back to this repository.
  for (const name of ['infra', 'authz']) {
    await symlink(path.join(project.repository, name), path.join(project.root, name));
  }
  await cp(path.join(project.repository, 'Pulumi.yaml'), path.join(project.root, 'Pulumi.yaml'));
  return project;
}
