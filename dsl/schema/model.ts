import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Model } from '../../cedar/model.ts';

/** Where a project has the vocabulary of its API. */
export const modelFile = (root: string): string => path.join(root, 'dsl/generated/model.json');

/**
 * The vocabulary of a project's API as `npm run schema` last wrote it.
 * @param root the project; the working directory is that of every command
 */
export function loadModel(root = process.cwd()): Model {
  const model: Model = JSON.parse(readFileSync(modelFile(root), 'utf8'));
  return model;
}
