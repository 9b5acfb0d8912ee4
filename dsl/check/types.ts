import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Problem } from './problem.ts';

/** Types can be made to take for ever; an honest project of 300 tenants takes 3 s. */
const TIMEOUT_MS = 60_000;
const LONGEST_MESSAGE = 600;
/**
 * Each checker reads the types of libraries for itself. Six tenants and 300 are checked as soon by one as by the
 * compiler's own four, in two thirds of the processor's time.
 */
const CHECKERS_OF_TENANTS = 1;
const OPTIONS = fileURLToPath(new URL('../../tsconfig.tenants.json', import.meta.url));
const DIAGNOSTIC = /^(?:(?<file>.+)\((?<line>\d+),(?<column>\d+)\): )?error (?<code>TS\d+): (?<message>.*)$/;

/**
 * Type-checks the tenants of any project with the options of this one (`tsconfig.tenants.json`): a configuration that
 * extends those and includes that project's folder is written to a temporary place for the run.
 */
export async function checkTypes(root: string, folder: string): Promise<Problem[]> {
  const place = await mkdtemp(join(tmpdir(), 'cedarwright-types-'));
  try {
    const project = join(place, 'tsconfig.json');
    await writeFile(project, JSON.stringify({ extends: OPTIONS, include: [resolve(root, folder)] }));
    return await compile(root, project, CHECKERS_OF_TENANTS);
  } finally {
    await rm(place, { recursive: true });
  }
}

/**
 * Type-checks a whole project by its own `tsconfig.json`: its service and its tests as well as its tenants.
 * @param checkers how many parts of it are checked at once: one for a few files, two for a project, whose check they
 * shorten by a fifth on two processors; more read the types of libraries again and shorten nothing there
 */
export const checkProjectTypes = (root: string, checkers: number): Promise<Problem[]> =>
  compile(root, join(root, 'tsconfig.json'), checkers);

function compile(root: string, project: string, checkers: number): Promise<Problem[]> {
  return new Promise((done) => {
    const args = ['--project', project, '--pretty', 'false', '--checkers', String(checkers)];
    // A relative path in its output is relative to where it runs.
    const options = {
      cwd: root,
      // A Go program that ends soon: a quarter less of its time for a tenth more memory, and esbuild's own setting.
      env: { ...process.env, GOGC: '400' },
      timeout: TIMEOUT_MS,
      killSignal: 'SIGKILL',
      maxBuffer: 1e7,
    } as const;
    execFile(compiler(), args, options, (error, stdout) => {
      const problems = diagnosticsOf(stdout);
      if (!error || problems.length > 0) return done(problems);
      const reason = error.killed === true ? `took more than ${TIMEOUT_MS / 1000} s` : error.message;
      done([
        {
          code: 'TYPE_CHECK',
          message: `the type check ${reason}`,
          remedy: 'run `npm run check` to see more',
        },
      ]);
    });
  });
}

/** The compiler's own program: its launcher in JavaScript costs 70 ms a run and would outlive a timeout. */
function compiler(): string {
  const launcher = createRequire(import.meta.url).resolve('typescript7/package.json');
  const platform = `@typescript/typescript-${process.platform}-${process.arch}/package.json`;
  const program = process.platform === 'win32' ? 'tsc.exe' : 'tsc';
  return join(dirname(createRequire(launcher).resolve(platform)), 'lib', program);
}

/** `tenants/acme.ts(12,8): error TS2345: …`, with the reasons in lines that are indented. */
function diagnosticsOf(output: string): Problem[] {
  const problems: Problem[] = [];
  for (const entry of output.split(/\n(?=\S)/)) {
    const [first = '', ...reasons] = entry.trimEnd().split(/\r?\n/);
    const { file, line, column, code, message } = DIAGNOSTIC.exec(first)?.groups ?? {};
    if (code === undefined || message === undefined) continue;
    const text = [message, ...reasons.map((reason) => reason.trim())].join(' ');
    problems.push({
      ...(file !== undefined && { site: { file, line: Number(line), column: Number(column) } }),
      code,
      message: text.length > LONGEST_MESSAGE ? `${text.slice(0, LONGEST_MESSAGE)}…` : text,
      remedy: 'correct it where the editor underlines it',
    });
  }
  return problems;
}
