import { printable } from './printable.ts';

/** Data that came from elsewhere is not what it should be. */
export class MalformedError extends Error {
  override readonly name = 'MalformedError';

  constructor(path: string, expected: string) {
    super(`${printable(path)} is no ${expected}`);
  }
}

export function readRecord(json: unknown, path: string): Readonly<Record<string, unknown>> {
  if (!isRecord(json)) throw new MalformedError(path, 'object');
  return json;
}

/** An object with exactly these fields, and perhaps those of `optional`. */
export function readFields<Name extends string, Maybe extends string = never>(
  json: unknown,
  path: string,
  required: readonly Name[],
  optional: readonly Maybe[] = [],
): Readonly<Record<Name, unknown>> & Partial<Readonly<Record<Maybe, unknown>>> {
  const allowed = new Set<string>([...required, ...optional]);
  const extra = Object.keys(readRecord(json, path)).find((name) => !allowed.has(name));
  if (extra !== undefined) throw new MalformedError(`${path}.${extra}`, 'known field');
  if (!hasFields<Name, Maybe>(json, required))
    throw new MalformedError(path, `object with ${required.join(', ')}`);
  return json;
}

export function readList<T>(json: unknown, path: string, read: (item: unknown, path: string) => T): T[] {
  if (!Array.isArray(json)) throw new MalformedError(path, 'list');
  return json.map((item: unknown, index) => read(item, `${path}[${index}]`));
}

export function readEntries<T>(
  json: unknown,
  path: string,
  read: (item: unknown, path: string) => T,
): Record<string, T> {
  const entries = Object.entries(readRecord(json, path));
  return Object.fromEntries(entries.map(([name, item]) => [name, read(item, `${path}.${name}`)]));
}

export function readText(json: unknown, path: string, pattern = /^/): string {
  if (typeof json !== 'string') throw new MalformedError(path, 'text');
  if (!pattern.test(json)) throw new MalformedError(path, `text of the form ${pattern.source}`);
  return json;
}

export function readInteger(json: unknown, path: string, least: number, most: number): number {
  if (typeof json === 'number' && Number.isSafeInteger(json) && least <= json && json <= most) return json;
  throw new MalformedError(path, `whole number from ${least} to ${most}`);
}

export function readOneOf<T>(json: unknown, path: string, known: readonly T[]): T {
  const found = known.find((value) => value === json);
  if (found === undefined) throw new MalformedError(path, `one of ${known.join(', ')}`);
  return found;
}

const isRecord = (json: unknown): json is Record<string, unknown> =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

const hasFields = <Name extends string, Maybe extends string>(
  json: unknown,
  names: readonly Name[],
): json is Readonly<Record<Name, unknown>> & Partial<Readonly<Record<Maybe, unknown>>> =>
  isRecord(json) && names.every((name) => Object.hasOwn(json, name));
