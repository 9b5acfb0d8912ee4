import { randomUUID } from 'node:crypto';
import type { CedarJson } from './request.ts';

/**
 * A 64-bit integer in Cedar's JSON form. JavaScript's numbers are exact up to 2^53, and the engine takes no `bigint`;
 * but it evaluates calls of extension functions, and a duration's text is exact.
 */
export function longJson(value: bigint): CedarJson {
  const near = Number(value);
  if (Number.isSafeInteger(near)) return near;
  return { __extn: { fn: 'toMilliseconds', args: [{ __extn: { fn: 'duration', arg: `${value}ms` } }] } };
}

const LONG_JSON =
  /^\{"__extn":\{"fn":"toMilliseconds","args":\[\{"__extn":\{"fn":"duration","arg":"(-?\d+)ms"\}\}\]\}\}$/;

/** JSON text for other tools, with the integers of `longJson` in full: `JSON.stringify` cannot write them. */
export function textWithExactLongs(value: unknown): string {
  const mark = randomUUID();
  const marked = (_name: string, inner: unknown): unknown => {
    if (typeof inner !== 'object' || inner === null || !('__extn' in inner)) return inner;
    const [, digits] = LONG_JSON.exec(JSON.stringify(inner)) ?? [];
    return digits === undefined ? inner : `${mark}${digits}`;
  };
  const text = JSON.stringify(value, marked, 2);
  return text.replaceAll(new RegExp(`"${mark}(-?\\d+)"`, 'g'), '$1');
}

const STRINGS_AND_NUMBERS = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** A JSON text in which every integer that `JSON.parse` would round is written as `longJson` writes it. */
export const withExactLongs = (json: string): string =>
  json.replaceAll(STRINGS_AND_NUMBERS, (token) =>
    /^-?\d+$/.test(token) && !Number.isSafeInteger(Number(token))
      ? JSON.stringify(longJson(BigInt(token)))
      : token,
  );
