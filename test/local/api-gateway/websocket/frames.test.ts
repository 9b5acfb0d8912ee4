import { expect } from 'chai';
import * as fc from 'fast-check';
import { frameWatch } from '../../../../local/api-gateway/websocket/frames.ts';

const MOST = 40_000;

/** As a client sends it: the shortest form of the length, and a mask. */
function frame(length: number): Buffer {
  const extended = Buffer.alloc(length < 126 ? 0 : length < 65_536 ? 2 : 8);
  if (extended.length === 2) extended.writeUInt16BE(length);
  if (extended.length === 8) extended.writeBigUInt64BE(BigInt(length));
  const short = extended.length === 0 ? length : extended.length === 2 ? 126 : 127;
  return Buffer.concat([Buffer.from([0x82, 0x80 | short]), extended, Buffer.alloc(4 + length, 0xff)]);
}

describe('the watch over the lengths of frames', () => {
  it('notices the first that is too long, however the bytes are cut', () => {
    const lengths = fc.array(fc.constantFrom(0, 1, 125, 126, 127, 65_535, 65_536, MOST, MOST + 1), {
      maxLength: 5,
    });
    const cut = fc.integer({ min: 1, max: 70_000 });
    fc.assert(
      fc.property(lengths, cut, (frames, size) => {
        const bytes = Buffer.concat(frames.map(frame));
        const isTooLong = frameWatch(MOST);
        let noticed = false;
        for (let at = 0; at < bytes.length && !noticed; at += size)
          noticed = isTooLong(bytes.subarray(at, at + size));
        expect(noticed).to.equal(frames.some((length) => length > MOST));
      }),
      { numRuns: 100 },
    );
  });

  it('notices by the header alone', () => {
    const isTooLong = frameWatch(MOST);
    const header = frame(MOST + 1).subarray(0, 14);
    expect([...header].map((byte) => isTooLong(Buffer.from([byte])))).to.include(true);
  });
});
