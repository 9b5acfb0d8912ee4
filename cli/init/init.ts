import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Problem } from '../../dsl/check/problem.ts';
import { DEFAULT_OUT } from '../../dsl/schema/defaults.ts';
import { proposedAuthzFile } from '../../dsl/schema/propose.ts';
import { AUTHZ_FILE, readLocatedModel } from '../../dsl/schema/read-model.ts';
import { writeSchema } from '../../dsl/schema/write-schema.ts';
import { Expected } from '../fail.ts';
import { dependenciesOf } from './dependencies.ts';
import { documentCopy } from './document.ts';
import { planOf } from './plan.ts';
import { projectFiles } from './project-files.ts';

export interface InitOptions {
  /** The API document. */
  readonly api: string;
  /** The folder of the project. */
  readonly out: string;
  /** Of the package and the Pulumi project. Default: the folder's. */
  readonly name?: string;
}

export interface NewProject {
  readonly name: string;
  /** From the project's folder, sorted. */
  readonly files: readonly string[];
  readonly actions: number;
  /** What was decided for a document that says nothing of authorization. */
  readonly notes: readonly Problem[];
}

/**
 * Makes a project for an API: its document, the language bound to it, a tenant that allows and denies with its test,
 * and a service that answers what is allowed.
 * @throws ProblemsError with everything that is wrong in the document
 * @throws Expected when the folder is not empty, or the document gives nothing to try
 */
export async function initProject({
  api,
  out,
  name = path.basename(path.resolve(out)),
}: InitOptions): Promise<NewProject> {
  if (/^https?:/.test(api)) throw new Expected(`${api} is no file — download the document, and name that`);
  await refuseNonEmpty(out);
  refuseName(name);
  // Read where it is, so that mistakes are told of the file that the person knows; nothing is written until then.
  const { model, notes } = await readLocatedModel(api);
  const document = documentCopy(api);
  const plan = planOf(model, { name, api: document.main, dependencies: await dependenciesOf(out) });
  const files = await projectFiles(plan);
  const root = path.resolve(out);
  const write = async (file: string, content: string | Uint8Array): Promise<void> => {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await writeFile(path.join(root, file), content);
  };
  for (const [from, to] of document.files) await write(to, await readFile(from));
  const authz = path.posix.join(path.posix.dirname(document.main), AUTHZ_FILE);
  if (notes.length > 0) await write(authz, await proposedAuthzFile(api));
  for (const [file, text] of files) await write(file, text);
  // Last: it goes by package.json.
  const generated = await writeSchema({
    api: path.join(root, document.main),
    out: path.join(root, DEFAULT_OUT),
    check: false,
  });
  const written = [
    ...document.files.values(),
    ...(notes.length > 0 ? [authz] : []),
    ...files.keys(),
    ...generated.files.map((file) => path.posix.join(DEFAULT_OUT, file)),
  ];
  const remedy = `change it in ${authz}`;
  return {
    name,
    files: written.sort(),
    actions: generated.actions,
    notes: notes.map((note) => ({ ...note, remedy })),
  };
}

/** As npm and Pulumi both take it. */
function refuseName(name: string): void {
  if (/^[a-z][a-z0-9-]{0,99}$/.test(name)) return;
  throw new Expected(
    `"${name}" is no name for a project — give one with --name: lower case letters, digits and "-"`,
  );
}

async function refuseNonEmpty(out: string): Promise<void> {
  const present = await readdir(out).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error.code === 'ENOTDIR' ? new Expected(`${out} is a file — name a folder`) : error;
  });
  if (present.length > 0) throw new Expected(`${out} is not empty — name a new folder, or empty it`);
}
