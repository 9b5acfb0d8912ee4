import { realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Site } from '../../cedar/ast.ts';
import { gatewayFacts } from '../../cedar/gateway-facts.ts';
import type { Model } from '../../cedar/model.ts';
import { evaluateGuardrails, evaluateTenant, type Place } from '../check/evaluate.ts';
import type { Problem } from '../check/problem.ts';
import type { Evaluated } from '../check/run.ts';
import { openSandbox } from '../check/sandbox.ts';
import { checkSyntax } from '../check/syntax.ts';
import { checkTypes } from '../check/types.ts';
import type { GuardedTenant } from '../policy/types.ts';
import { compileTenant, type Draft } from './compile.ts';
import { dataTenantProblems } from './data-tenants.ts';
import { guardrailsFile, readTenantsFolder, type TenantsFile } from './files.ts';
import { oneAMistake } from './one-a-mistake.ts';
import { tenantSchemas } from './schemas.ts';
import type { Tenant } from './tenant.ts';

export interface LoadInput {
  /** The project: has the folder of tenants, and the language at `dsl/index.ts`. */
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

interface Checked extends TenantsFile {
  readonly at: Site;
  readonly problems: readonly Problem[];
}

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
    const { drafts, problems } = await readAll(place, sound, guardrails);
    const slugs = new Set(tenants.map(({ file }) => basename(file, '.ts')));
    const vocabulary = { model, facts: gatewayFacts(model), schemasOf: tenantSchemas(model) };
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

/** Runs the tenant files, then the guardrails for each tenant that came out of it. */
async function readAll(
  place: Place,
  files: readonly Checked[],
  guardrails: Checked,
): Promise<{ readonly drafts: readonly Draft[]; readonly problems: readonly Problem[] }> {
  const read = await Promise.all(files.map((file) => readTenant(place, file)));
  const tenants = read.flatMap((result) => (result.ok ? [result.value] : []));
  const guarded = tenants.flatMap(
    ({
      definition: {
        slug,
        kind,
        dataTenants: [first, ...rest],
      },
    }) =>
      first === undefined ? [] : [{ slug, kind, dataTenants: [first, ...rest] } satisfies GuardedTenant],
  );
  const made = await evaluateGuardrails(place, guardrails.file, guardrails.at, guarded);
  const common = new Map(made.ok ? guarded.map(({ slug }, index) => [slug, made.value[index] ?? []]) : []);
  return {
    drafts: tenants.map((tenant) => ({ ...tenant, guardrails: common.get(tenant.definition.slug) ?? [] })),
    problems: [
      ...read.flatMap((result) => (result.ok ? [] : result.problems)),
      ...(made.ok ? [] : made.problems),
    ],
  };
}

async function readTenant(
  place: Place,
  { file, at }: Checked,
): Promise<Evaluated<Omit<Draft, 'guardrails'>>> {
  const evaluated = await evaluateTenant(place, file, at);
  if (!evaluated.ok) return evaluated;
  const definition = evaluated.value;
  if (definition.slug === basename(file, '.ts')) return { ok: true, value: { file, at, definition } };
  return {
    ok: false,
    problems: [
      {
        site: at,
        code: 'SLUG',
        message: `the file defines the tenant "${definition.slug}" when it runs`,
        remedy: 'give the slug once, as text',
      },
    ],
  };
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
