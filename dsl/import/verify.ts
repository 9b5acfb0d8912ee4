import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Policy } from '../../cedar/ast.ts';
import { formatProblem, type Problem, ProblemsError } from '../check/problem.ts';
import { type Sandbox, withSandbox } from '../check/sandbox.ts';
import { checkProjectTypes } from '../check/types.ts';
import { evaluateModule } from './evaluate/evaluate-module.ts';
import { meaningOf } from './meaning.ts';
import { placesIn, type ModuleParts, moduleText } from './write/module.ts';
import type { Renamed } from './write/write-source.ts';

/** A module in the sandbox may hand back 8 million characters: some 3,000 policies. */
const POLICIES_A_MODULE = 250;

const OPTIONS = {
  noEmit: true,
  strict: true,
  target: 'es2023',
  lib: ['es2023'],
  module: 'esnext',
  moduleResolution: 'bundler',
  allowImportingTsExtensions: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  resolveJsonModule: true,
  skipLibCheck: true,
  types: [],
};

interface Slice {
  readonly file: string;
  readonly text: string;
  /** As `placesIn`, but only once, and only when the compiler has something to say. */
  readonly places: () => readonly (readonly [end: number, id: string])[];
}

/**
 * Proves what was written before anybody relies on it: it compiles, and it comes to the policies that were read.
 * @param vocabulary makes the vocabulary's text for a folder
 * @returns policies that the compiler refuses, with what it says; by their ids
 * @throws {ProblemsError} for policies that came out as others
 */
export async function verify(
  parts: ModuleParts,
  expected: readonly Renamed[],
  vocabulary: (folder: string) => Promise<string>,
): Promise<ReadonlyMap<string, Problem>> {
  const folder = join(await mkdtemp(join(tmpdir(), 'cedarwright-import-')), 'imported');
  try {
    await mkdir(folder);
    const slices = slicesOf(parts, folder);
    await writeFile(join(folder, 'schema.ts'), await vocabulary(folder));
    for (const { file, text } of slices) await writeFile(file, text);
    const files = slices.map(({ file }) => basename(file));
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: OPTIONS, files }));
    const [mistyped, made] = await Promise.all([
      checkProjectTypes(folder, 1),
      withSandbox('', (sandbox) => policiesOf(sandbox, slices, expected)),
    ]);
    const problems = differences(expected, made);
    if (problems.length > 0) throw new ProblemsError(problems);
    // What the compiler says of the language itself is about no policy.
    const ours = mistyped.filter(({ site }) => site && !site.file.includes('/'));
    // Of several mistakes in one policy, the first.
    const refused = new Map(ours.toReversed().map((problem) => refusal(problem, slices, expected)));
    return new Map([...refused].reverse());
  } finally {
    await rm(join(folder, '..'), { recursive: true });
  }
}

function slicesOf(parts: ModuleParts, folder: string): Slice[] {
  const count = Math.max(1, Math.ceil(parts.policies.length / POLICIES_A_MODULE));
  return Array.from({ length: count }, (_, i): Slice => {
    const policies = parts.policies.slice(i * POLICIES_A_MODULE, (i + 1) * POLICIES_A_MODULE);
    const slice = { ...parts, policies };
    const text = moduleText(slice, './schema.ts');
    let places: ReturnType<typeof placesIn> | undefined;
    return {
      file: join(folder, `policies-${i}.ts`),
      text,
      places: () => (places ??= placesIn(slice, text)),
    };
  });
}

async function policiesOf(
  sandbox: Sandbox,
  slices: readonly Slice[],
  expected: readonly Renamed[],
): Promise<ReadonlyMap<string, Policy>> {
  const made = new Map<string, Policy>();
  const problems: Problem[] = [];
  for (const { file } of slices) {
    const read = await evaluateModule(sandbox, file, 'example');
    if (read.ok) for (const policy of read.value.policies) made.set(policy.id, policy);
    else problems.push(...read.problems.map((problem) => unbuilt(problem, slices, expected)));
  }
  if (problems.length > 0) throw new ProblemsError(problems);
  return made;
}

const unbuilt = (problem: Problem, slices: readonly Slice[], expected: readonly Renamed[]): Problem => {
  const { at } = policyAt(problem, slices, expected).policy;
  return {
    ...(at && { site: at }),
    code: 'IMPORT_INEXPRESSIBLE',
    message: `the builders refuse this policy (${problem.code}: ${problem.message})`,
    remedy: problem.remedy,
  };
};

/** What the compiler refuses, where it came from. */
function refusal(
  problem: Problem,
  slices: readonly Slice[],
  expected: readonly Renamed[],
): [id: string, problem: Problem] {
  const { id, policy } = policyAt(problem, slices, expected);
  return [
    id,
    {
      ...(policy.at && { site: policy.at }),
      code: 'IMPORT_MISTYPED',
      message: `TypeScript cannot follow this policy (${problem.code}: ${problem.message})`,
      remedy: 'split it by action or by type, so that all that it reads is there for each of them',
    },
  ];
}

/** The policy that a mistake in what was written is about. */
function policyAt(problem: Problem, slices: readonly Slice[], expected: readonly Renamed[]): Renamed {
  const { file = '', line = 1 } = problem.site ?? {};
  const slice = slices.find((one) => basename(one.file) === basename(file));
  const before = slice?.text.split('\n', line - 1).join('\n').length ?? 0;
  const id = slice?.places().find(([end]) => end > before)?.[1];
  const policy = expected.find((one) => one.id === id);
  if (!policy) throw new Error(`what was written is in disorder: ${formatProblem(problem)}`);
  return policy;
}

function differences(expected: readonly Renamed[], made: ReadonlyMap<string, Policy>): Problem[] {
  return expected.flatMap(({ policy, id }): Problem[] => {
    const found = made.get(id);
    if (found && meaningOf(found) === meaningOf(policy)) return [];
    return [
      {
        ...(policy.at && { site: policy.at }),
        code: 'IMPORT_DIFFERS',
        message: `what was written for ${id} is another policy`,
        remedy: 'report it, with this policy: it is a mistake of the import',
      },
    ];
  });
}
