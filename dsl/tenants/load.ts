import { realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Model } from '../../cedar/model.ts';
import { validate } from '../../cedar/validate.ts';
import { isProblems } from '../check/evaluate.ts';
import { type Language, languageOf } from '../check/language.ts';
import type { Problem } from '../check/problem.ts';
import { withSandbox } from '../check/sandbox.ts';
import { sharedIssuers } from '../check/shared-issuers.ts';
import { checkSyntax, type SyntaxResult } from '../check/syntax.ts';
import { checkTypes } from '../check/types.ts';
import { compileTenants } from './compile.ts';
import { dataTenantProblems } from './data-tenants.ts';
import { type Readable, readDrafts } from './drafts.ts';
import { guardrailsFile, readTenantsFolder, type TenantsFile } from './files.ts';
import { keyOf, syntaxOf } from './memory.ts';
import { oneAMistake } from './one-a-mistake.ts';
import type { Tenant } from './tenant.ts';

export interface LoadInput {
  /**
   * The project: has the folder of tenants, a package.json of type `module`, and the language at `dsl/index.ts`, which
   * may be a file that binds this package's to another API.
   */
  readonly root: string;
  /** Where the tenants are, relative to the project. */
  readonly folder?: string;
  readonly model: Model;
  /** Whether to run the compiler too, beside everything else: 0.5 s or more. */
  readonly types: boolean;
  /** Slugs of the tenants to read; of the others only the names count. Absent: all. */
  readonly only?: ReadonlySet<string>;
}

export interface Loaded {
  /** All tenants; none if there is any problem. */
  readonly tenants: readonly Tenant[];
  /** Slugs of the files that say `retired('acme')`. */
  readonly retired: readonly string[];
  /** Every mistake of every file, sorted by place. */
  readonly problems: readonly Problem[];
}

type Checked = TenantsFile & SyntaxResult;

/**
 * Reads, checks and compiles all tenant files of a project. Files are checked by their text before any of them runs,
 * and they run apart from this process and from each other; see dsl/check. Never throws for what is in them.
 */
export async function loadTenants({
  root,
  folder = 'tenants',
  model,
  types,
  only,
}: LoadInput): Promise<Loaded> {
  const project = await realpath(root);
  const typed = types ? checkTypes(project, folder) : Promise.resolve([]);
  const [evaluated, mistyped] = await Promise.all([evaluate(project, folder, model, only), typed]);
  const { tenants, retired, written, run } = evaluated;
  const problems = oneAMistake([written, mistyped, run]);
  return { tenants: problems.length > 0 ? [] : tenants, retired, problems };
}

interface Evaluation {
  readonly tenants: readonly Tenant[];
  readonly retired: readonly string[];
  /** Mistakes that the text shows. */
  readonly written: readonly Problem[];
  /** Mistakes that show when the files run. */
  readonly run: readonly Problem[];
}

async function evaluate(
  root: string,
  folder: string,
  model: Model,
  only: LoadInput['only'],
): Promise<Evaluation> {
  const speaking = languageOf(root);
  const found = await readTenantsFolder(root, folder);
  const isLeftOut = ({ role, file }: TenantsFile): boolean =>
    role === 'tenant' && only?.has(basename(file, '.ts')) === false;
  const files = found.filter((file) => !isLeftOut(file)).map((file) => checked(file, folder));
  const language = await speaking;
  const written = [...files.flatMap(({ problems }) => problems), ...missingFiles(files, folder)];
  const refused = files.filter(({ problems }) => problems.length > 0);
  const guardrails = files.find(({ role }) => role === 'guardrails');
  const retired = files.filter((file) => file.retired).map(({ file }) => basename(file, '.ts'));
  // What is shared may be part of any tenant: while it is refused, nothing that could import it runs.
  if (!guardrails || refused.some(({ role }) => role !== 'tenant'))
    return { tenants: [], retired, written, run: [] };
  if (isProblems(language)) return { tenants: [], retired, written, run: language };

  return withSandbox(language.script, async (sandbox) => {
    const tenants = files.filter((file) => file.role === 'tenant' && !file.retired);
    const sound = tenants.filter(({ problems }) => problems.length === 0);
    const readable = readableOf(files, folder, language);
    const texts = new Map(files.map(({ file, text }) => [file, text]));
    const reading = readDrafts(
      { sources: { root, language, texts }, folder, sandbox },
      sound.map(readable),
      readable(guardrails),
    );
    wakeEngine();
    const { drafts, problems } = await reading;
    const slugs = new Set([...tenants, ...found.filter(isLeftOut)].map(({ file }) => basename(file, '.ts')));
    const compiled = compileTenants(drafts, model);
    return {
      tenants: compiled.flatMap((result) => (result.ok ? [result.value] : [])),
      retired,
      written,
      run: [
        ...problems,
        ...drafts.flatMap(({ draft: { definition, at } }) => dataTenantProblems(definition, slugs, at)),
        ...sharedIssuers(drafts.map(({ draft }) => draft)),
        ...compiled.flatMap((result) => (result.ok ? [] : result.problems)),
      ],
    };
  });
}

function checked(file: TenantsFile, folder: string): Checked {
  const key = keyOf(folder, file.role, file.file, file.text);
  const result = syntaxOf.get(key) ?? checkSyntax(file, file.role, folder);
  syntaxOf.set(key, result);
  return { ...file, ...result };
}

/** Beside its own text a file depends on those of the shared ones and on the language. */
function readableOf(files: readonly Checked[], folder: string, { names, script }: Language) {
  const shared = files.filter(({ role }) => role !== 'tenant').map(({ file, text }) => [file, text]);
  const common = keyOf(folder, JSON.stringify(shared), JSON.stringify(names), script);
  return ({ file, text, at }: Checked): Readable => ({ file, at, key: keyOf(common, file, text) });
}

/** The engine takes 0.1 s to start: while the files are with other processes, that costs nothing. */
function wakeEngine(): void {
  validate({ schema: { '': { entityTypes: {}, actions: {} } }, policies: {} });
}

function missingFiles(files: readonly Checked[], folder: string): Problem[] {
  if (files.some(({ role }) => role === 'guardrails')) return [];
  const file = guardrailsFile(folder);
  return [
    {
      site: { file, line: 1, column: 1 },
      code: 'NO_GUARDRAILS',
      message: 'there is no such file, and no tenant may be without guardrails',
      remedy: 'write one: export default guardrails(({ slug, forbid }) => [ … ])',
    },
  ];
}
