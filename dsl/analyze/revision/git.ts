import { execFile, spawn } from 'node:child_process';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { printable } from '../../check/printable.ts';
import { refused } from './refused.ts';
import { PARTS, PROGRAM, relevantPaths, type Sources } from './sources.ts';

const run = promisify(execFile);

/** Names of a large project's files; their content comes another way. */
const MOST_NAMES = 64 * 1024 * 1024;

/**
 * The files of a project as they were at a git revision; undefined when there is no such revision. The working tree,
 * the index and the list of worktrees stay as they are. @throws ProblemsError for a revision that cannot be read
 */
export async function gitSources(root: string, revision: string): Promise<Sources | undefined> {
  const commit = await commitOf(root, revision);
  if (commit === undefined) return undefined;
  const listed = await run('git', ['ls-tree', '-r', '-z', commit, '--', ...PARTS], {
    cwd: root,
    maxBuffer: MOST_NAMES,
  });
  const entries = new Map(listed.stdout.split('\0').flatMap(entryOf));
  const wanted = relevantPaths([...entries.keys()]).map((path) => ({ path, ...entries.get(path)! }));
  const link = wanted.find(({ path, mode }) => path !== PROGRAM && !REGULAR.test(mode));
  if (link) throw refused(revision, `${link.path} is no regular file there`, 'name another revision');
  const contents = await blobs(
    root,
    wanted.map(({ id }) => id),
  );
  return new Map(wanted.map(({ path }, index) => [path, contents[index]!]));
}

const REGULAR = /^100/;

/** Undefined for a name that git does not know, and where there is no repository. */
async function commitOf(root: string, revision: string): Promise<string | undefined> {
  if (revision.startsWith('-') || revision === '') return undefined;
  try {
    const { stdout } = await run('git', ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`], {
      cwd: root,
      env: { ...process.env, LC_ALL: 'C' },
    });
    return stdout.trim();
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
    // An unknown name is met with silence, and there need not be a repository; all else the person has to know.
    if (said === '' || /not a git repository/.test(said)) return undefined;
    throw refused(revision, printable(said.split('\n')[0] ?? ''), 'do what git says, then try again');
  }
}

/** `100644 blob <id>\t<path>` */
function entryOf(line: string): [path: string, { readonly mode: string; readonly id: string }][] {
  const [, mode, id, path] = /^(\d+) \w+ ([0-9a-f]+)\t(.+)$/s.exec(line) ?? [];
  return mode !== undefined && id !== undefined && path !== undefined ? [[path, { mode, id }]] : [];
}

/** Contents by id, in order: as they were committed, whatever filters a checkout would apply. */
async function blobs(root: string, ids: readonly string[]): Promise<Buffer[]> {
  const child = spawn('git', ['cat-file', '--batch'], { cwd: root, stdio: ['pipe', 'pipe', 'ignore'] });
  child.stdin.on('error', () => undefined);
  child.stdin.end(ids.map((id) => `${id}\n`).join(''));
  const answer = await buffer(child.stdout);
  const contents: Buffer[] = [];
  let at = 0;
  for (const id of ids) {
    const end = answer.indexOf('\n', at);
    const header = answer.toString('utf8', at, end);
    const size = Number(/^[0-9a-f]+ blob (\d+)$/.exec(header)?.[1]);
    if (end < 0 || !Number.isSafeInteger(size)) throw new Error(`git has no content for ${id}`);
    contents.push(answer.subarray(end + 1, end + 1 + size));
    at = end + 1 + size + 1;
  }
  return contents;
}
