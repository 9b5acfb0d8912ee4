import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));
/** Pulumi looks for its SDK in the project, and it must be the copy that the program uses. */
const SDK = '@pulumi/pulumi';

/**
 * What a new project depends on: the version that runs now where npm installed it, which brings all else along. Where
 * it runs from a checkout, npm links that folder and nothing that it depends on, so that the SDK is linked as well.
 */
export async function dependenciesOf(project: string): Promise<Readonly<Record<string, string>>> {
  if (PACKAGE.split(path.sep).includes('node_modules')) {
    const { version }: { version: string } = JSON.parse(
      await readFile(path.join(PACKAGE, 'package.json'), 'utf8'),
    );
    return { cedarwright: version };
  }
  const sdk = path.dirname(createRequire(import.meta.url).resolve(`${SDK}/package.json`));
  const link = (folder: string): string =>
    `file:${path.relative(path.resolve(project), folder).replaceAll('\\', '/')}`;
  return { [SDK]: link(sdk), cedarwright: link(PACKAGE) };
}
