import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { isJson } from '../aws/input.ts';
import type { Properties } from './resource.ts';

/** Marks a secret (and, with other values, an asset) in what the Pulumi SDK hands to a monitor. */
const SIGNATURE = '4dabf18193072939515e22adb298388d';
const SECRET = '1b47061264138c4ac30d75fd1eb44270';

/** A Lambda's code as the embedded cloud sees it. `hash` is of the content: the path alone would hide a rebuild. */
export interface FileArchive {
  readonly fileArchive: string;
  readonly hash: string;
}

/**
 * Turns the inputs of a registration into plain JSON: secrets without their wrapper, file archives as path and hash.
 * @throws Error naming the kind of asset that the embedded cloud does not take
 */
export async function unwrap(inputs: object): Promise<Properties> {
  return plainEntries({ ...inputs });
}

async function plain(value: unknown): Promise<unknown> {
  const settled = await value;
  if (Array.isArray(settled)) return Promise.all(settled.map(plain));
  if (!isJson(settled)) return settled;
  if (settled[SIGNATURE] === SECRET) return plain(settled['value']);
  if ('__pulumiArchive' in settled && 'path' in settled) return archive(String(await settled['path']));
  if ('__pulumiArchive' in settled || '__pulumiAsset' in settled) {
    throw new Error('only file archives of a folder are supported as code');
  }
  return plainEntries(settled);
}

async function plainEntries(object: Properties): Promise<Properties> {
  const entries = await Promise.all(
    Object.entries(object).map(async ([key, entry]) => [key, await plain(entry)]),
  );
  return Object.fromEntries(entries.filter(([, entry]) => entry !== undefined));
}

async function archive(folder: string): Promise<FileArchive> {
  const absolute = path.resolve(folder);
  const hash = createHash('sha256');
  const entries = await readdir(absolute, { recursive: true, withFileTypes: true });
  for (const file of entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted()) {
    hash.update(`${path.relative(absolute, file)}\0`).update(await readFile(file));
  }
  return { fileArchive: absolute, hash: hash.digest('hex') };
}
