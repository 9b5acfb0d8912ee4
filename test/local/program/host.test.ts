import { expect } from 'chai';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createProgram } from '../../../local/program/host.ts';

describe('the program’s process', () => {
  it('that cannot start, or has died, is a problem of that run and of no other', async () => {
    const root = path.join(tmpdir(), 'cedarwright-no-such-folder');
    const program = createProgram({ root, stack: 'test', handlers: {}, invokes: {} });
    try {
      for (const _ of ['first', 'second']) {
        const { problems, changes } = await program.run({});
        expect(problems.join('\n')).to.match(/^the program's process (failed|ended)/);
        expect(changes).to.deep.equal({ created: 0, updated: 0, unchanged: 0, deleted: 0 });
      }
    } finally {
      program.close();
    }
  });
});
