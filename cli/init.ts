import { formatProblem } from '../dsl/check/problem.ts';
import { type InitOptions, initProject } from './init/init.ts';

/**
 * `cedarwright init`: makes a project, and says what to do next.
 * @throws ProblemsError or Expected when it cannot
 */
export async function init(options: InitOptions, json: boolean): Promise<string> {
  const { name, files, actions, notes } = await initProject(options);
  const { api, out } = options;
  if (json) return JSON.stringify({ name, out, actions, files, notes }, undefined, 2);
  return [
    ...notes.map(formatProblem),
    `${name}: ${actions} actions of ${api}, ${files.length} files in ${out}`,
    '',
    'Next:',
    `  cd ${out}`,
    '  npm install',
    '  npm test',
    '  npm start',
  ].join('\n');
}
