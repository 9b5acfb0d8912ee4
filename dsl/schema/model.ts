import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Model } from '../../cedar/model.ts';
import { ProblemsError } from '../check/problem.ts';
import { DEFAULT_OUT } from './defaults.ts';

const MODEL = `${DEFAULT_OUT}/model.json`;

/** Where a project has the vocabulary of its API. */
export const modelFile = (root: string): string => path.join(root, MODEL);

/**
 * The vocabulary of a project's API as `npm run schema` last wrote it.
 * @param root the project; the working directory is that of every command
 * @throws ProblemsError when there is none
 */
export function loadModel(root = process.cwd()): Model {
  const model: Model = JSON.parse(textOf(modelFile(root)));
  return model;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    throw new ProblemsError([
      {
        code: 'NO_VOCABULARY',
        message: `${MODEL} is missing`,
        remedy: 'run npm run schema, which writes it',
      },
    ]);
  }
}
