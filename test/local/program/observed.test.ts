import { expect } from 'chai';
import { observed, observedText } from '../../../local/program/observed.ts';

describe('a resource’s inputs as its service has them', () => {
  for (const [what, inputs, actual, seen] of [
    ['are the same where nothing was changed', { color: 'red' }, { color: 'red', size: 3 }, { color: 'red' }],
    ['show what was changed', { color: 'red' }, { color: 'blue' }, { color: 'blue' }],
    [
      'show what was changed deep inside',
      { paint: { color: 'red' } },
      { paint: { color: 'blue', coats: 2 } },
      { paint: { color: 'blue' } },
    ],
    ['show what was taken away', { paint: { color: 'red' } }, { paint: {} }, { paint: { color: undefined } }],
    ['show lists whole', { tags: ['a'] }, { tags: ['a', 'b'] }, { tags: ['a', 'b'] }],
    ['keep what the service does not tell', { secret: 'x' }, {}, { secret: 'x' }],
  ] as const) {
    it(what, () => {
      expect(observed(inputs, actual)).to.deep.equal(seen);
    });
  }

  it('keep the form of a JSON text that still says the same', () => {
    expect(observedText('{ "a": 1 }', { a: 1 })).to.equal('{ "a": 1 }');
    expect(observedText('{ "a": 1 }', { a: 2 })).to.equal('{"a":2}');
    expect(observedText('no json', { a: 2 })).to.equal('{"a":2}');
  });
});
