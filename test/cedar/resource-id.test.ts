import { expect } from 'chai';
import * as fc from 'fast-check';
import { resourceIdOf } from '../../cedar/resource-id.ts';

const refusal = (segment: string): string => {
  const result = resourceIdOf(segment);
  return result.ok ? `accepted ${result.id}` : result.reason;
};

describe('resourceIdOf', () => {
  it('decodes exactly once', () => {
    expect(resourceIdOf('a%20b')).to.deep.equal({ ok: true, id: 'a b' });
    expect(resourceIdOf('%2541')).to.deep.equal({ ok: true, id: '%41' });
    expect(resourceIdOf('%C3%A9')).to.deep.equal({ ok: true, id: 'é' });
    expect(resourceIdOf('a+b')).to.deep.equal({ ok: true, id: 'a+b' });
  });

  it('refuses whatever another part of the path might read differently', () => {
    const refused: Record<string, readonly string[]> = {
      empty: [''],
      reserved: ['-', '%2D'],
      slash: ['a%2Fb', 'a%2fb', 'a/b', '%5C', '\\'],
      'dot segment': ['.', '..', '%2e', '%2E%2e'],
      'control character': ['a%00', '%0d%0aHost:x', '%7f', '%C2%85'],
      wildcard: ['*', '4%2A', 'a?b', '%3f'],
      'policy variable': ['${aws:username}', '%24%7Bx'],
      'malformed escape': ['%', '%4', 'a%zz', '%u0041'],
      'invalid UTF-8': ['%ff', '%C3', '%C0%AF', '%ED%A0%80', '\ud800'],
      'too long': ['a'.repeat(201), '%C3%A9'.repeat(101), '%61'.repeat(5000)],
    };
    for (const [reason, segments] of Object.entries(refused)) {
      for (const segment of segments) expect(refusal(segment), segment).to.equal(reason);
    }
  });

  it('accepts an id of 200 bytes', () => {
    expect(refusal('%C3%A9'.repeat(100))).to.equal(`accepted ${'é'.repeat(100)}`);
  });

  it('gives back every id that it accepts, from that id percent-encoded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        const result = resourceIdOf(encodeURIComponent(text));
        if (result.ok) expect(result.id).to.equal(text);
        else expect(text).to.match(/[/\\*?\p{Cc}]|^$|^\.\.?$|^-$|\$\{/u);
      }),
      { numRuns: 500 },
    );
  });

  it('never throws, and accepts nothing with a slash, whatever the segment', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('%', '2', 'F', 'f', 'C', '3', 'A', '9', '.', '/', 'é', '\ud800') }),
        (raw) => {
          const result = resourceIdOf(raw);
          if (result.ok) expect(result.id).to.equal(decodeURIComponent(raw)).and.not.to.contain('/');
        },
      ),
      { numRuns: 1000 },
    );
  });
});
