import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { formatProblem, ProblemsError } from '../check/problem.ts';
import { readLocatedModel } from './read-model.ts';
import { render } from './render.ts';
import { findStale } from './stale.ts';

const USAGE = `usage: npm run schema [-- --check] [--api <file>] [--out <folder>]

Writes the vocabulary of the API that an OpenAPI document describes: schema.ts, schema.cedarschema, schema.json,
gateway.json and model.json.

  --check   write nothing; fail when the files on disk are not what the document gives
  --api     the document (default: api/openapi.yaml)
  --out     where the files are (default: dsl/generated)
`;

interface Output {
  readonly stdout: { readonly write: (text: string) => unknown };
  readonly stderr: { readonly write: (text: string) => unknown };
}

/** The command line of schema generation. @returns exit code: 0 fine, 1 problems (on stderr), 2 wrong usage */
export async function schemaCommand(
  args: readonly string[],
  { stdout, stderr }: Output = process,
): Promise<number> {
  const options = optionsOf(args);
  if (!options || options.help) {
    (options ? stdout : stderr).write(USAGE);
    return options ? 0 : 2;
  }
  const folder = path.resolve(options.out);
  try {
    const located = await readLocatedModel(options.api);
    const files = await render(located.model, { api: options.api, folder });
    if (options.check) {
      const stale = await findStale(located, folder, files);
      for (const problem of stale) stderr.write(`${formatProblem(problem)}\n`);
      return stale.length > 0 ? 1 : 0;
    }
    await mkdir(folder, { recursive: true });
    for (const [name, text] of files) await writeFile(path.join(folder, name), text);
    const actions = Object.keys(located.model.actions).length;
    stdout.write(`${actions} actions of ${options.api} written to ${options.out}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    stderr.write(`${error.message}\n`);
    return 1;
  }
}

function optionsOf(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        check: { type: 'boolean', default: false },
        api: { type: 'string', default: 'api/openapi.yaml' },
        out: { type: 'string', default: 'dsl/generated' },
        help: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch {
    return undefined;
  }
}
