import { expect } from 'chai';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ProblemsError } from '../../../dsl/check/problem.ts';
import { loadModel } from '../../../dsl/schema/model.ts';

describe('the vocabulary of a project', () => {
  it('is read from its own folder, and without one the person is told how to make it', async () => {
    const root = await mkdtemp(path.join(tmpdir(), 'cedarwright-model-'));
    try {
      expect(() => loadModel(root)).to.throw(ProblemsError, 'run npm run schema');
    } finally {
      await rm(root, { recursive: true });
    }
  });
});
