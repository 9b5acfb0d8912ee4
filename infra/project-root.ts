import path from 'node:path';
import * as pulumi from '@pulumi/pulumi';

/**
 * The folder of the project that is deployed: its document, vocabulary and tenants. It is not this package's, and not
 * always the working directory: the engine runs a program in the folder of its `main`. Where no engine tells (the SDK
 * then has a word instead of a path), the program runs in the project's folder, as in the embedded cloud.
 */
export function projectRoot(): string {
  return underEngine() ? pulumi.runtime.getRootDirectory() : process.cwd();
}

/** Whether the genuine engine runs the program: only it tells a folder. */
export const underEngine = (): boolean => path.isAbsolute(pulumi.runtime.getRootDirectory());
