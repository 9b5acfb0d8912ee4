/**
 * Builds the Pulumi CLI that `go.mod` pins into `.build/pulumi/`, with its version set, and puts the language host for
 * Node beside it. The first time takes minutes and 2 GB of Go's caches; again, seconds.
 */
import { spawn } from 'node:child_process';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { BUILT_CLI } from './built-cli.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const MODULE = 'github.com/pulumi/pulumi/pkg/v3';
const VERSION = 'github.com/pulumi/pulumi/sdk/v3/go/common/version.Version';

async function pinnedVersion(): Promise<string> {
  const text = await readFile(path.join(HERE, 'go.mod'), 'utf8');
  const [, version] = new RegExp(String.raw`^\s*(?:require )?${MODULE} (v\S+)`, 'm').exec(text) ?? [];
  if (version === undefined) throw new Error(`tools/pulumi/go.mod does not name ${MODULE}`);
  return version;
}

async function go(...args: readonly string[]): Promise<void> {
  const child = spawn('go', args, { cwd: HERE, stdio: 'inherit' });
  await new Promise<void>((resolve, reject) => {
    child.once('error', () => reject(new Error('there is no Go here: https://go.dev/doc/install')));
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`go ${args[0]} ended with ${code}: are Go's modules out of reach?`));
    });
  });
}

async function build(): Promise<void> {
  const folder = path.dirname(BUILT_CLI);
  await mkdir(folder, { recursive: true });
  // Without a version the CLI takes itself for one of its developers', and the Automation API refuses it.
  const flags = `-s -w -X ${VERSION}=${await pinnedVersion()}`;
  // Whole at once: a build that was cut short must not pass for a CLI.
  const next = `${BUILT_CLI}.part`;
  await go('build', '-trimpath', '-mod=readonly', '-ldflags', flags, '-o', next, `${MODULE}/cmd/pulumi`);
  await rename(next, BUILT_CLI);
  await buildHost(folder);
  process.stdout.write(`${path.relative(process.cwd(), BUILT_CLI)}\n`);
}

/**
 * The engine looks for a program of this name beside the CLI, and starts it twice a command: as one plain file it
 * starts in a quarter of the time that its modules take. Paths are of this machine: the folder is not to be carried away.
 */
async function buildHost(folder: string): Promise<void> {
  const code = path.join(folder, 'language-host.cjs');
  await esbuild.build({
    entryPoints: [path.join(HERE, 'language-host.ts')],
    outfile: code,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'error',
  });
  const host = path.join(folder, 'pulumi-language-nodejs');
  const [node, file] = [process.execPath, code].map(quoted);
  await writeFile(host, `#!/bin/sh\nexec ${node} ${file} "$@"\n`, { mode: 0o755 });
  await chmod(host, 0o755);
}

const quoted = (word: string): string => `'${word.replaceAll("'", String.raw`'\''`)}'`;

await build().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
