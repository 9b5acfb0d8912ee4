import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { OWN_PROJECT } from '../infra/name-prefix.ts';

/** What the project in this folder is called in Pulumi, after which everything that its stacks make is named. */
export async function pulumiProject(root: string): Promise<string> {
  const text = await readFile(path.join(root, 'Pulumi.yaml'), 'utf8').catch(() => '');
  const project: { readonly name?: unknown } | null = parse(text);
  return typeof project?.name === 'string' ? project.name : OWN_PROJECT;
}
