import { readFileSync } from 'node:fs';
import type { Model } from '../../cedar/model.ts';

const FILE = new URL('../generated/model.json', import.meta.url);

/** The vocabulary of the API as `npm run schema` last wrote it. */
export function loadModel(): Model {
  const model: Model = JSON.parse(readFileSync(FILE, 'utf8'));
  return model;
}
