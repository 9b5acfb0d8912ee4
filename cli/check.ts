import { existsSync } from 'node:fs';
import path from 'node:path';
import { checkProjectTypes } from '../dsl/check/types.ts';
import { inspect } from './inspect.ts';

/**
 * `cedarwright check`: says that a project is in order, its service and its tests included where it has a
 * `tsconfig.json`.
 * @throws ProblemsError with all that is not
 */
export async function check(root: string, json: boolean): Promise<string> {
  const typed = existsSync(path.join(root, 'tsconfig.json'))
    ? checkProjectTypes(root, 2)
    : Promise.resolve([]);
  const { model, tenants } = await inspect(root, typed);
  if (json) return JSON.stringify({ problems: [] }, undefined, 2);
  const policies = tenants.reduce((sum, tenant) => sum + tenant.policies.length, 0);
  const actions = Object.keys(model.actions).length;
  return `in order: ${count(actions, 'action')}, ${count(tenants.length, 'tenant')}, ${count(policies, 'policy', 'policies')}`;
}

const count = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;
