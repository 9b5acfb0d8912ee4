import { execFile } from 'node:child_process';
import { accessSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isJson, type Json } from '../../local/aws/input.ts';

/** What puts the Node of Lambda's runtime here. */
export const INSTALL = 'npm ci --prefix tools/lambda-node';

/** The Node that functions run on (tools/lambda-node); undefined where nobody installed it. */
export function lambdaNode(): string | undefined {
  const name = `node-${process.platform}-${process.arch}`;
  const file = fileURLToPath(
    new URL(`../../tools/lambda-node/node_modules/${name}/bin/node`, import.meta.url),
  );
  try {
    accessSync(file);
    return file;
  } catch {
    return undefined;
  }
}

export interface Call {
  readonly node: string;
  /** Of the bundle. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly event: unknown;
}

/** Loads a function's bundle in a process of its own, and calls it once. */
export async function callOn({ node, folder, environment, event }: Call): Promise<Json> {
  const script = `
    const { handler } = await import(${JSON.stringify(pathToFileURL(path.join(folder, 'index.mjs')).href)});
    const answer = await handler(JSON.parse(process.env.EVENT), {});
    process.stdout.write('\\n' + JSON.stringify({ node: process.versions.node, answer: answer ?? null }));`;
  const env = { LAMBDA_TASK_ROOT: folder, ...environment, EVENT: JSON.stringify(event) };
  const printed = await new Promise<string>((resolve, reject) => {
    execFile(node, ['--input-type=module', '-e', script], { env, timeout: 20_000 }, (error, stdout, stderr) =>
      error ? reject(new Error(`${error.message}\n${stderr}`)) : resolve(stdout),
    );
  });
  // Its log is in the lines before.
  const result: unknown = JSON.parse(printed.split('\n').at(-1) ?? '');
  return isJson(result) ? result : {};
}
