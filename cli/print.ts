import { existsSync, realpathSync } from 'node:fs';
import type { Policy } from '../cedar/ast.ts';
import { PolicyError } from '../cedar/policy-error.ts';
import { printPolicy } from '../cedar/print.ts';
import { type Problem, ProblemsError } from '../dsl/check/problem.ts';
import { withSandbox } from '../dsl/check/sandbox.ts';
import { evaluateModule } from '../dsl/import/evaluate/evaluate-module.ts';
import { isTemplate } from '../dsl/import/read/source.ts';
import { Expected } from './fail.ts';

/** Stands for the tenant in policies that are anybody's. */
const ANY_TENANT = 'tenant';

/**
 * `cedarwright print`: the Cedar of a file's policies.
 * @throws ProblemsError with every mistake in the file, Expected when there is none or it has no policies
 */
export async function printFile(file: string, tenant: string | undefined, json: boolean): Promise<string> {
  if (!existsSync(file)) throw new Expected(`there is no file ${file}`);
  const read = await withSandbox('', (sandbox) =>
    evaluateModule(sandbox, realpathSync(file), tenant ?? ANY_TENANT),
  );
  if (!read.ok) throw new ProblemsError(read.problems);
  const { policies, slug } = read.value;
  if (policies.length === 0) throw new Expected(`${file} exports no policies`);
  const texts = printAll(policies, slug ?? tenant ?? ANY_TENANT);
  return json
    ? JSON.stringify({ policies: texts }, undefined, 2)
    : texts.map(({ text }) => text).join('\n\n');
}

interface Printed {
  readonly id: string;
  readonly template: boolean;
  readonly text: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

function printAll(policies: readonly Policy[], prefix: string): Printed[] {
  const problems: Problem[] = [];
  const printed = policies.flatMap((policy): Printed[] => {
    const named: Policy = { ...policy, annotations: { id: policy.id, ...policy.annotations } };
    try {
      const text = printPolicy(named, { prefix });
      return [{ id: policy.id, template: isTemplate(policy), text, ...policy.at }];
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      const { code, message, remedy, site = policy.at } = error;
      problems.push({ code, message, remedy, ...(site && { site }) });
      return [];
    }
  });
  if (problems.length > 0) throw new ProblemsError(problems);
  return printed;
}
