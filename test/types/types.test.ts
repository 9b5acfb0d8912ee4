import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { OWN_TYPESCRIPT } from '../../local/typescript/loader.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const compilers = ['typescript', 'typescript7'];

interface Marked {
  /** `reject/scopes.ts(4,35)` */
  readonly at: string;
  /** Any of these: the compilers differ in a few codes. */
  readonly codes: readonly string[];
  /** Part of the message. */
  readonly text: string;
}

/** `//   ^^^^ TS2345 text` marks a token of the nearest line of code above it. */
function marksOf(file: string, source: string): Marked[] {
  let code = 0;
  return source.split('\n').flatMap((line, index) => {
    const mark = /^\/\/ *(\^+) (TS[\d|TS]+) ?(.*)$/.exec(line);
    if (!mark) {
      code = index + 1;
      return [];
    }
    const at = `${file}(${code},${line.indexOf('^') + 1})`;
    return [{ at, codes: mark[2]?.split('|') ?? [], text: mark[3] ?? '' }];
  });
}

async function allMarks(): Promise<Marked[]> {
  const files = (await readdir(`${here}reject`)).map((name) => `reject/${name}`);
  return (
    await Promise.all(files.map(async (file) => marksOf(file, await readFile(here + file, 'utf8'))))
  ).flat();
}

/** Errors, each with its continuation lines. */
async function errorsOf(compiler: string): Promise<string[]> {
  const tsc = fileURLToPath(new URL(`../../node_modules/${compiler}/bin/tsc`, import.meta.url));
  // As this package runs its own code, V8 spends 2 s less of 5 on optimising a compiler that ends soon.
  const args = [...OWN_TYPESCRIPT, tsc, '-p', here, '--pretty', 'false'];
  const output = await promisify(execFile)(process.execPath, args, { cwd: here }).then(
    ({ stdout }) => stdout,
    ({ stdout }: { stdout: string }) => stdout,
  );
  return output.split(/\n(?=\S)/).filter((error) => error.trim() !== '');
}

let checks: ReadonlyMap<string, Promise<string[]>> | undefined;
/** All at once, whichever is wanted first: they take two seconds, at the end of all tests. */
const errorsBy = (compiler: string): Promise<string[]> =>
  (checks ??= new Map(compilers.map((one) => [one, errorsOf(one)]))).get(compiler)!;

for (const compiler of compilers) {
  describe(`the types of policies, as ${compiler} checks them`, () => {
    let errors: readonly string[];
    let marks: readonly Marked[];

    before(async () => {
      [errors, marks] = await Promise.all([errorsBy(compiler), allMarks()]);
    });

    it('accepts every policy in accept/', () => {
      expect(errors.filter((error) => !error.startsWith('reject/'))).to.deep.equal([]);
    });

    it('rejects every mistake in reject/ at its very word, and nothing else there', () => {
      const left = new Set(errors.filter((error) => error.startsWith('reject/')));
      const missing = marks.filter(({ at, codes, text }) => {
        const hit = [...left].find(
          (error) => codes.some((code) => error.startsWith(`${at}: error ${code}:`)) && error.includes(text),
        );
        return hit === undefined || !left.delete(hit);
      });
      expect({ missing, notMarked: [...left] }).to.deep.equal({ missing: [], notMarked: [] });
      expect(marks).to.have.length.above(180);
    });
  });
}
