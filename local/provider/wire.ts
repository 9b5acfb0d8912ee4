import { isJson, type Json } from '../aws/input.ts';
import type { Properties } from '../program/resource.ts';

/** Marks what is no plain value in Pulumi's property maps (pulumi/pulumi, `sdk/go/common/resource/sig`). */
const SIGNATURE = '4dabf18193072939515e22adb298388d';
const ARCHIVE = '0def7320c3a5731c473e5ecbe6d01bc7';
/** Stands for a value that a preview cannot know. */
export const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

/** Properties of the engine as handlers take them: file archives as path and hash. */
export const fromWire = (properties: Json): Properties =>
  mapped(properties, (value) => {
    if (value[SIGNATURE] === undefined) return undefined;
    // Of what it has recorded the engine sends the hash alone.
    const { path = '', hash } = value;
    if (value[SIGNATURE] !== ARCHIVE || typeof path !== 'string' || 'assets' in value || 'uri' in value) {
      throw new Error('only file archives of a folder are supported as code');
    }
    return { fileArchive: path, hash };
  });

/** The reverse. */
export const toWire = (properties: Properties): Json =>
  mapped(properties, (value) =>
    typeof value['fileArchive'] === 'string'
      ? {
          [SIGNATURE]: ARCHIVE,
          ...(value['fileArchive'] !== '' && { path: value['fileArchive'] }),
          hash: value['hash'],
        }
      : undefined,
  );

/** Whether a preview cannot know all of a value. */
export function hasUnknown(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isJson(value) ? Object.values(value).some(hasUnknown) : value === UNKNOWN;
}

/** @param replace what stands for an object; undefined: the object itself, with its members mapped */
function mapped(properties: Json, replace: (value: Json) => Json | undefined): Json {
  const each = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(each);
    if (!isJson(value)) return value;
    return replace(value) ?? entries(value);
  };
  const entries = (object: Json): Json =>
    Object.fromEntries(
      Object.entries(object)
        .filter(([, value]) => value !== undefined && value !== null)
        .map(([name, value]) => [name, each(value)]),
    );
  return entries(properties);
}
