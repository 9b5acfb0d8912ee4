import { expect } from 'chai';
import * as fc from 'fast-check';
import { readJson } from '../../../dsl/import/read/json-text.ts';
import { PolicyError } from '../../../cedar/policy-error.ts';

const placeOf = (text: string): string => {
  try {
    readJson(text, 'p.json');
    return 'accepted';
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    return `${error.site?.line}:${error.site?.column} ${error.message}`;
  }
};

describe('the reader of exact JSON', () => {
  it('reads what JSON.parse reads, with integers of any size', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), fc.constantFrom(0, 1, '\t'), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        const numbers = JSON.stringify(readJson(text, 'p').value, (_name, part: unknown) =>
          typeof part === 'bigint' ? Number(part) : part,
        );
        // Negative zero is an integer, which has no sign.
        expect(JSON.parse(numbers)).to.deep.equal(
          JSON.parse(text.replaceAll(/(?<![\d.eE])-0(?![\d.])/g, '0')),
        );
      }),
      { numRuns: 150 },
    );
    expect(readJson('[9007199254740993, -9223372036854775808, 1.5]', 'p').value).to.deep.equal([
      9007199254740993n,
      -9223372036854775808n,
      1.5,
    ]);
  });

  it('knows where values stand', () => {
    const { value, siteOf, siteIn } = readJson('\ufeff{\n  "a": [1,\n {}]}', 'p');
    expect(siteOf(value)).to.deep.equal({ file: 'p', line: 1, column: 2 });
    expect(siteIn(value, 'a')).to.deep.equal({ file: 'p', line: 2, column: 8 });
    const list = typeof value === 'object' && value !== null && 'a' in value ? value.a : undefined;
    expect(siteIn(list, 1)).to.deep.equal({ file: 'p', line: 3, column: 2 });
  });

  it('tells what is no JSON at its place', () => {
    for (const [text, told] of [
      ['', '1:1 the text ends here'],
      ['{"a":1,\n"a":2}', '2:1 the object has "a" already'],
      ['[1 2]', '1:4 a comma or ] is missing'],
      ['{"a" 1}', '1:6 a colon is missing'],
      ['{a:1}', '1:2 no JSON value stands here'],
      ['{1:1}', '1:2 a name in double quotes is missing'],
      ['[1,]', '1:4 no JSON value stands here'],
      ['[01]', '1:2 no JSON value stands here'],
      ['"a\nb"', '1:1 no JSON value stands here'],
      ['"open', '1:1 no JSON value stands here'],
      ['{} {}', '1:4 something follows the JSON value'],
      ['// no\n1', '1:1 no JSON value stands here'],
      ['['.repeat(2_000), '1:1002 this nests more than 1000 levels'],
    ] as const) {
      expect(placeOf(text), text.slice(0, 20)).to.equal(told);
    }
  });
});
