import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { DEFAULT_API } from '../dsl/schema/defaults.ts';
import { Expected } from './fail.ts';

/** What the embedded cloud runs beside the authorization: the `cedarwright` part of package.json. */
export interface Project {
  /** Entry point of the service behind the gateway. */
  readonly backend: string;
  /** Folder of SQL files, applied in the order of their names. A project without a database has none. */
  readonly migrations?: string;
  /** Requests worth trying, for the terminal. */
  readonly examples: string;
}

/** @throws Expected when package.json does not say it */
export async function readProject(root: string): Promise<Project> {
  const { backend, migrations, examples } = await settingsOf(root);
  if (!backend || !examples) {
    throw new Expected(
      'package.json has no "cedarwright" with backend and examples — see README, "Another API"',
    );
  }
  return {
    backend: path.join(root, backend),
    ...(migrations && { migrations: path.join(root, migrations) }),
    examples: path.join(root, examples),
  };
}

/** The project's API document, from its folder. */
export const apiOf = async (root: string): Promise<string> => (await settingsOf(root)).api ?? DEFAULT_API;

/** The `cedarwright` part of package.json. Paths are from the project's folder. */
interface Settings extends Partial<Project> {
  /** The API document, where it is not the usual one. */
  readonly api?: string;
}

async function settingsOf(root: string): Promise<Settings> {
  const text = await readFile(path.join(root, 'package.json'), 'utf8').catch(() => {
    throw new Expected('no package.json here — run this in the folder of a cedarwright project');
  });
  const { cedarwright = {} }: { cedarwright?: Settings } = JSON.parse(text);
  return cedarwright;
}
