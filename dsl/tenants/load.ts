import { realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import { gatewayFacts } from '../../cedar/gateway-facts.ts';
import type { Model } from '../../cedar/model.ts';
import { validate } from '../../cedar/validate.ts';
import type { Place } from '../check/evaluate.ts';
import type { Problem } from '../check/problem.ts';
import { openSandbox } from '../check/sandbox.ts';
import { checkSyntax, type SyntaxResult } from '../check/syntax.ts';
import { checkTypes } from '../check/types.ts';
import { compileTenant, type Vocabulary } from './compile.ts';
import { dataTenantProblems } from './data-tenants.ts';
import { readDrafts } from './drafts.ts';
import { guardrailsFile, readTenantsFolder, type TenantsFile } from './files.ts';
import { oneAMistake } from './one-a-mistake.ts';
import { tenantSchemas } from './schemas.ts';
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
}

export interface Loaded {
  /** All tenants; none if there is any problem. */
  readonly tenants: readonly Tenant[];
  /** Every mistake of every file, sorted by place. */
  readonly problems: readonly Problem[];
}

type Checked = TenantsFile & SyntaxResult;

/**
 * Reads, checks and compiles all tenant files of a project. Files are checked by their text before any of them runs,
 * and they run apart from this process and from each other; see dsl/check. Never throws for what is in them.
 */
export async function loadTenants({ root, folder = 'tenants', model, types }: LoadInput): Promise<Loaded> {
  const project = await realpath(root);
  const typed = types ? checkTypes(project, folder) : Promise.resolve([]);
  const [evaluated, mistyped] = await Promise.all([evaluate(project, folder, model), typed]);
  const { tenants, written, run } = evaluated;
  const problems = oneAMistake([written, mistyped, run]);
  return { tenants: problems.length > 0 ? [] : tenants, problems };
}

interface Evaluation {
  readonly tenants: readonly Tenant[];
  /** Mistakes that the text shows. */
  readonly written: readonly Problem[];
  /** Mistakes that show when the files run. */
  readonly run: readonly Problem[];
}

async function evaluate(root: string, folder: string, model: Model): Promise<Evaluation> {
  const files = (await readTenantsFolder(root, folder)).map((file): Checked => {
    return { ...file, ...checkSyntax(file, file.role, folder) };
  });
  const written = [...files.flatMap(({ problems }) => problems), ...missingFiles(files, folder)];
  const refused = files.filter(({ problems }) => problems.length > 0);
  const guardrails = files.find(({ role }) => role === 'guardrails');
  // What is shared may be part of any tenant: while it is refused, nothing that could import it runs.
  if (!guardrails || refused.some(({ role }) => role !== 'tenant')) return { tenants: [], written, run: [] };

  const sandbox = openSandbox();
  try {
    const place: Place = { root, folder, sandbox };
    const tenants = files.filter((file) => file.role === 'tenant');
    const sound = tenants.filter(({ problems }) => problems.length === 0);
    const reading = readDrafts(place, sound, guardrails);
    const vocabulary = { model, facts: gatewayFacts(model), schemasOf: tenantSchemas(model) };
    wakeEngine(vocabulary);
    const { drafts, problems } = await reading;
    const slugs = new Set(tenants.map(({ file }) => basename(file, '.ts')));
    const compiled = drafts.map((draft) => compileTenant(draft, vocabulary));
    return {
      tenants: compiled.flatMap((result) => (result.ok ? [result.value] : [])),
      written,
      run: [
        ...problems,
        ...drafts.flatMap(({ definition, at }) => dataTenantProblems(definition, slugs, at)),
        ...compiled.flatMap((result) => (result.ok ? [] : result.problems)),
      ],
    };
  } finally {
    sandbox.close();
  }
}

/** The engine takes 0.1 s to start: while the files are with other processes, that costs nothing. */
function wakeEngine({ schemasOf }: Vocabulary): void {
  validate({ schema: schemasOf({}).full.cedarJson, policies: {} });
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
