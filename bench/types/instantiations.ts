import { execFile } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const COMPILERS = ['typescript', 'typescript7'] as const;
export type Compiler = (typeof COMPILERS)[number];

/** What a compiler says of a project. */
export interface TypeCost {
  /** The same in every run and on every machine, so that a budget can be held to them; seconds cannot. */
  readonly instantiations: number;
  readonly checkSeconds: number;
  readonly totalSeconds: number;
  readonly megabytes: number;
}

const MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url));

/**
 * Type-checks a project with one of the compilers.
 * @throws Error with what the compiler says, when it has anything to say: figures of broken code mean nothing
 */
export function typeCost(compiler: Compiler, project: string): Promise<TypeCost> {
  const args = [path.join(MODULES, compiler, 'bin/tsc'), '--project', project, '--extendedDiagnostics'];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { maxBuffer: 1e8 }, (error, stdout) => {
      if (error) return reject(new Error(`${compiler}: ${stdout.slice(0, 2_000) || error.message}`));
      const figure = (name: string): number =>
        Number(new RegExp(`^${name}:\\s+([\\d.]+)`, 'm').exec(stdout)?.[1]);
      resolve({
        instantiations: figure('Instantiations'),
        checkSeconds: figure('Check time'),
        totalSeconds: figure('Total time'),
        megabytes: figure('Memory used') / 1024,
      });
    });
  });
}
