import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { BUILT_CLI } from '../tools/pulumi/built-cli.ts';
import { Expected } from './fail.ts';

/**
 * The Pulumi CLI: the one that `npm run pulumi:build` made, else the person's own.
 * @throws Expected with the ways to get one
 */
export async function pulumiCli(): Promise<string> {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  for (const file of [BUILT_CLI, ...folders.map((folder) => path.join(folder, 'pulumi'))]) {
    if (await isExecutable(file)) return file;
  }
  throw new Expected(
    [
      'there is no Pulumi CLI here. Any of these gets one:',
      '  npm run pulumi:build        builds it from its Go module (needs Go; minutes, once)',
      '  npx pulumi version          fetches it, on a connected machine; then: npx pulumi …',
      '  https://www.pulumi.com/docs/install/',
      'Without one, npm start runs the same program in the same cloud.',
    ].join('\n'),
  );
}

const isExecutable = (file: string): Promise<boolean> =>
  access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
