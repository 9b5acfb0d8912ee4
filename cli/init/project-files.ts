import { backendFile, rowsFile } from './files/backend.ts';
import { examplesJson } from './files/examples.ts';
import { guardrailsFile } from './files/guardrails.ts';
import { boundLanguage } from './files/language.ts';
import { packageJson, tsconfigJson } from './files/package-json.ts';
import { policyTest } from './files/policy-test.ts';
import { infraFile, pulumiDevYaml, pulumiYaml } from './files/pulumi.ts';
import { readme } from './files/readme.ts';
import { TENANT, tenantFile } from './files/tenant.ts';
import type { Plan } from './plan.ts';

const IGNORED = 'node_modules/\n.build/\n.cedarwright/\n';
/** Generated text is not to be laid out by anything but its generator. */
const NOT_FORMATTED = 'dsl/generated/\n.build/\n.cedarwright/\n';

/** All files of a new project but its API document and what is generated: path -> text, laid out. */
export async function projectFiles(plan: Plan): Promise<ReadonlyMap<string, string>> {
  const files = {
    'package.json': packageJson(plan),
    'tsconfig.json': tsconfigJson(),
    '.gitignore': IGNORED,
    '.prettierignore': NOT_FORMATTED,
    'README.md': readme(plan),
    'Pulumi.yaml': pulumiYaml(plan),
    'Pulumi.dev.yaml': pulumiDevYaml(),
    'infra.ts': infraFile(),
    'examples.json': examplesJson(plan),
    'dsl/index.ts': await boundLanguage('index.ts'),
    'dsl/testing.ts': await boundLanguage('testing.ts'),
    'backend/main.ts': backendFile(),
    'backend/rows.ts': rowsFile(plan),
    [`tenants/${TENANT}.ts`]: tenantFile(plan),
    'tenants/shared/guardrails.ts': guardrailsFile(plan),
    [`test/policies/${TENANT}.test.ts`]: policyTest(plan),
  };
  const laidOut = await Promise.all(
    Object.entries(files).map(async ([file, text]) => [file, await format(file, text)] as const),
  );
  return new Map(laidOut);
}

/** As the team's own formatter would, with the settings that this repository has. */
async function format(file: string, text: string): Promise<string> {
  const prettier = await import('prettier');
  const { inferredParser } = await prettier.getFileInfo(file);
  if (inferredParser === null) return text;
  return prettier.format(text, { filepath: file, printWidth: 110, singleQuote: true });
}
