/**
 * Builds the Pulumi CLI that `go.mod` pins into `.build/pulumi/`, with its version set, and puts the language host for
 * Node beside it. The first time takes minutes and 2 GB of Go's caches; again, seconds.
 */
import { spawn } from 'node:child_process';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
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
  const host = path.join(folder, 'pulumi-language-nodejs');
  await writeFile(host, hostScript(), { mode: 0o755 });
  await chmod(host, 0o755);
  process.stdout.write(`${path.relative(process.cwd(), BUILT_CLI)}\n`);
}

/** The engine looks for this name beside the CLI. Paths are of this checkout: the folder is not to be carried away. */
function hostScript(): string {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const quoted = [process.execPath, '--import', loader, path.join(HERE, 'language-host.ts')]
    .map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`)
    .join(' ');
  return `#!/bin/sh\nexec ${quoted} "$@"\n`;
}

await build().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
