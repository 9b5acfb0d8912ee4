/**
 * Reads the lengths of a client's frames (RFC 6455, section 5.2) as their bytes pass by: the library that reads the
 * messages bounds whole messages only.
 * @returns takes the next bytes, and says whether a frame that is longer than `most` has begun
 */
export function frameWatch(most: number): (bytes: Buffer) => boolean {
  /** Of a frame's payload, still to come. */
  let rest = 0n;
  let header = Buffer.alloc(0);
  return (bytes) => {
    let at = 0;
    while (at < bytes.length) {
      if (rest > 0n) {
        const taken = Math.min(bytes.length - at, Number(rest));
        rest -= BigInt(taken);
        at += taken;
        continue;
      }
      header = Buffer.concat([header, bytes.subarray(at, ++at)]);
      const length = payloadLength(header);
      if (length === undefined) continue;
      if (length > most) return true;
      rest = length;
      header = Buffer.alloc(0);
    }
    return false;
  };
}

/** Of the frame that begins so; undefined while its header is incomplete. */
function payloadLength(header: Buffer): bigint | undefined {
  const second = header[1];
  if (second === undefined) return undefined;
  const short = second & 0x7f;
  const extended = short === 126 ? 2 : short === 127 ? 8 : 0;
  const masked = (second & 0x80) === 0 ? 0 : 4;
  if (header.length < 2 + extended + masked) return undefined;
  if (extended === 0) return BigInt(short);
  return extended === 2 ? BigInt(header.readUInt16BE(2)) : header.readBigUInt64BE(2);
}
