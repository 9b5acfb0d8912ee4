import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { formatProblem, ProblemsError } from '../../../dsl/check/problem.ts';
import { type Imported, importCedar } from '../../../dsl/import/import.ts';

export interface Given {
  /** Cedar text, or JSON: an object, or a text that begins with a brace. */
  readonly policies: string | object;
  readonly schema?: string | object;
}

const named = (name: string, text: string | object): [string, string] =>
  typeof text === 'string' && !text.startsWith('{')
    ? [`${name}.cedar`, text]
    : [`${name}.json`, typeof text === 'string' ? text : JSON.stringify(text)];

/** Imports texts as if they were files. */
export async function imported({ policies, schema }: Given): Promise<Imported & { readonly source: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cedarwright-importing-'));
  const write = async ([name, text]: [string, string]): Promise<string> => {
    const file = path.join(folder, name);
    await writeFile(file, text);
    return file;
  };
  try {
    const file = await write(named('policies', policies));
    const result = await importCedar({
      file,
      ...(schema !== undefined && { schema: await write(named('schema', schema)) }),
      out: path.join(folder, 'out', 'policies.ts'),
    });
    return { ...result, source: [...result.files.values()][0] ?? '' };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What is wrong with the texts: `policies.cedar:1:2 [CODE] message`, without the remedies. */
export async function mistakesIn(given: Given): Promise<string[]> {
  const error: unknown = await imported(given).catch((failure: unknown) => failure);
  if (!(error instanceof ProblemsError)) throw error instanceof Error ? error : new Error('it is in order');
  return error.problems.map((problem) =>
    formatProblem(problem)
      .replace(/^.*\/(?=(?:policies|schema)\.)/, '')
      .replace(/ — .*$/s, ''),
  );
}
