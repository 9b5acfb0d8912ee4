import { formatProblem } from '../dsl/check/problem.ts';
import { proposedAuthzFile } from '../dsl/schema/propose.ts';
import { type SchemaOptions, writeSchema } from '../dsl/schema/write-schema.ts';

interface Output {
  readonly json: boolean;
}

/** Writes or checks the generated files, and says so. */
export async function printSchema({ json, ...options }: SchemaOptions & Output): Promise<void> {
  const { actions, files, notes } = await writeSchema(options);
  const { api, out, check } = options;
  if (json) {
    // As problems are shown to tools, see fail.ts.
    const flat = notes.map(({ site, ...note }) => ({ ...site, ...note }));
    process.stdout.write(`${JSON.stringify({ api, out, actions, files, notes: flat }, undefined, 2)}\n`);
    return;
  }
  for (const note of notes) process.stderr.write(`${formatProblem(note)}\n`);
  const done = check ? `are up to date in ${out}` : `written to ${out}`;
  process.stdout.write(`${actions} actions of ${api} ${done}\n`);
}

/** Prints what a document does not say itself, to be edited. */
export async function printProposal({ api, json }: Pick<SchemaOptions, 'api'> & Output): Promise<void> {
  const authz = await proposedAuthzFile(api);
  process.stdout.write(json ? `${JSON.stringify({ authz }, undefined, 2)}\n` : authz);
}
