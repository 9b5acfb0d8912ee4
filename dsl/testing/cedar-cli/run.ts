import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import {
  type AuthorizationResult,
  EngineError,
  type PolicySet,
  preparePolicySet,
} from '../../../cedar/engine.ts';
import { withExactLongs } from '../../../cedar/exact-long.ts';
import { casesOf, nameOf, type ReadCase, readCase } from './case.ts';
import { linksOf, policiesOfJson, policiesOfText } from './policies.ts';
import { Unreadable } from './unreadable.ts';

/** The files of a run, named as the options of `cedar run-tests`. */
export interface CedarFiles {
  readonly tests: string;
  readonly policies: string;
  readonly policyFormat?: 'cedar' | 'json';
  readonly templateLinked?: string;
  readonly schema?: string;
  readonly schemaFormat?: 'cedar' | 'json';
}

/** `fail`: decided otherwise than the test says. `error`: could not be asked. */
export interface CaseResult {
  readonly name: string;
  readonly outcome: 'ok' | 'fail' | 'error';
  readonly message?: string;
}

/** Runs a file of tests as `cedar run-tests` does. @throws Unreadable when there is nothing to run */
export async function runCedarTests(files: CedarFiles): Promise<CaseResult[]> {
  const [cases, set] = await Promise.all([
    readText(files.tests).then(casesIn(files.tests)),
    policySetOf(files),
  ]);
  const results: CaseResult[] = [];
  for (const json of cases) results.push({ name: nameOf(json), ...(await resultOf(json, set, files.tests)) });
  return results;
}

const casesIn =
  (file: string) =>
  (text: string): unknown[] =>
    inFile(file, () => casesOf(text));

async function policySetOf(files: CedarFiles): Promise<PolicySet> {
  const [policies, links, schema] = await Promise.all([
    readText(files.policies),
    files.templateLinked === undefined ? '' : readText(files.templateLinked),
    files.schema === undefined ? undefined : readText(files.schema),
  ]);
  const read = files.policyFormat === 'json' ? policiesOfJson : policiesOfText;
  const own = inFile(files.policies, () => read(policies));
  const linked = inFile(files.templateLinked ?? '', () => linksOf(links));
  const source = { ...own, templateLinks: [...own.templateLinks, ...linked] };
  const known: object | string | undefined =
    schema !== undefined && files.schemaFormat === 'json'
      ? inFile(files.schema ?? '', (): object => JSON.parse(schema))
      : schema;
  return inFile(files.policies, () => preparePolicySet(source, known));
}

async function resultOf(json: unknown, set: PolicySet, file: string): Promise<Omit<CaseResult, 'name'>> {
  try {
    const test = readCase(json);
    const entities = await entitiesOf(test, path.dirname(file));
    if (set.findings.length > 0)
      return { outcome: 'error', message: `invalid policies: ${set.findings.join('; ')}` };
    const { principal, action, resource, context } = test;
    return compared(test, set.authorize({ principal, action, resource, context, entities }));
  } catch (error) {
    if (!(error instanceof Unreadable) && !(error instanceof EngineError)) throw error;
    return { outcome: 'error', message: error.message };
  }
}

function compared(
  test: ReadCase,
  { decision, reasons, errors }: AuthorizationResult,
): Omit<CaseResult, 'name'> {
  if (decision !== test.decision)
    return { outcome: 'fail', message: `expected ${test.decision}, got ${decision}` };
  const missing = test.reason.filter((id) => !reasons.includes(id));
  const wrong = [
    ...(missing.length > 0 ? [`missing reason(s): ${missing.map((id) => `\`${id}\``).join(', ')}`] : []),
    ...(errors.length === test.errors
      ? []
      : [`expected ${test.errors} error(s), but got ${errors.length}${causes(errors)}`]),
  ];
  return wrong.length > 0 ? { outcome: 'fail', message: wrong.join('; ') } : { outcome: 'ok' };
}

const causes = (errors: AuthorizationResult['errors']): string =>
  errors.length > 0 ? `: ${errors.map(({ id, message }) => `${id}: ${message}`).join(', ')}` : '';

/** Entities of a file must be beside the tests: a file of tests may be somebody else's. */
async function entitiesOf({ entities }: ReadCase, folder: string): Promise<readonly object[]> {
  if (typeof entities !== 'string') return entities;
  const home = await realpath(folder);
  const file = await realpath(path.join(home, entities)).catch(() => path.join(home, entities));
  if (path.relative(home, file).split(path.sep)[0] === '..')
    throw new Unreadable(`${entities} is outside of the folder of the tests`);
  const text = await readText(file);
  return inFile(entities, (): readonly object[] => JSON.parse(withExactLongs(text)));
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Unreadable(
      `${file} cannot be read (${error instanceof Error && 'code' in error ? String(error.code) : 'unknown'})`,
    );
  }
}

/** Says which file it is that something is wrong with. */
function inFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Unreadable) && !(error instanceof EngineError) && !(error instanceof SyntaxError))
      throw error;
    throw new Unreadable(`${file}: ${error.message}`);
  }
}
