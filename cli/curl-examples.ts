import { readFile } from 'node:fs/promises';

interface Example {
  readonly title: string;
  /** `tenant/user` */
  readonly user: string;
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  /** The status that the example ends in. */
  readonly expect: number;
}

/** The project's example requests as commands to paste into another terminal. */
export async function curlExamples(file: string, gateway: string): Promise<string[]> {
  const examples: readonly Example[] = JSON.parse(await readFile(file, 'utf8'));
  return examples.flatMap((example) => [`# ${example.title}: ${example.expect}`, curl(example, gateway)]);
}

function curl({ user, method, path, body }: Example, gateway: string): string {
  const token = `"authorization: Bearer $(npx cedarwright token ${user.replace('/', ' ')})"`;
  const data =
    body === undefined ? '' : ` -H 'content-type: application/json' -d ${quoted(JSON.stringify(body))}`;
  return `curl -i -X ${method} -H ${token}${data} ${gateway}${path}`;
}

/** As one word of a POSIX shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
