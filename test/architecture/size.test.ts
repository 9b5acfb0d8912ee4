import { expect } from 'chai';
import { handWritten } from './sources.ts';

const MOST_LINES = 400;

describe('the files that a person wrote', () => {
  it(`are no longer than ${MOST_LINES} lines`, () => {
    const sizes = handWritten().map(({ file, text }) => ({ file, lines: text.split('\n').length - 1 }));
    expect(sizes.length).to.be.greaterThan(100);
    expect(sizes.filter(({ lines }) => lines > MOST_LINES)).to.deep.equal([]);
  });
});
