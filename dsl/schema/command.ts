import { parseArgs } from 'node:util';
import { formatProblem, ProblemsError } from '../check/problem.ts';
import { DEFAULT_API, DEFAULT_OUT } from './defaults.ts';
import { writeSchema } from './write-schema.ts';

const USAGE = `usage: npm run schema [-- --check] [--api <file>] [--authz <file>] [--out <folder>]

Writes the vocabulary of the API that an OpenAPI document describes: schema.ts, schema.cedarschema, schema.json,
gateway.json, model.json and its types, model.d.json.ts.

  --check   write nothing; fail when the files on disk are not what the document gives
  --api     the document (default: ${DEFAULT_API})
  --authz   words of x-authz for a document that is not edited for it (default: authz.yaml beside it, if there)
  --out     where the files are (default: ${DEFAULT_OUT})
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
  const { api, authz, out, check } = options;
  try {
    const { actions, notes } = await writeSchema({ api, out, check, ...(authz !== undefined && { authz }) });
    for (const note of notes) stderr.write(`${formatProblem(note)}\n`);
    if (!check) stdout.write(`${actions} actions of ${api} written to ${out}\n`);
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
        api: { type: 'string', default: DEFAULT_API },
        authz: { type: 'string' },
        out: { type: 'string', default: DEFAULT_OUT },
        help: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch {
    return undefined;
  }
}
