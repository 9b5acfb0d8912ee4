import type { EntityLiteral, EntityUid, Site, Slot } from './ast.ts';
import { isTypeName } from './names.ts';
import { PolicyError } from './policy-error.ts';

/** Said of data that no builder made. It says what is wrong, never what the data holds. */
export const malformed = (what: string): PolicyError =>
  new PolicyError({
    code: 'POLICY_MALFORMED',
    message: `the policy is malformed: ${what}`,
    remedy: 'make policies with the builders only',
  });

type Fields<Name extends string> = Readonly<Record<Name, unknown>>;

/** An object with exactly these fields, and perhaps those of `optional`. */
export function fields<Name extends string, Maybe extends string = never>(
  json: unknown,
  required: readonly Name[],
  optional: readonly Maybe[] = [],
): Fields<Name> & Partial<Fields<Maybe>> {
  const allowed = new Set<string>([...required, ...optional]);
  if (!isObject<Name, Maybe>(json)) throw malformed('an object is missing');
  const names = Object.keys(json);
  if (names.some((name) => !allowed.has(name))) throw malformed('an unknown field');
  if (required.some((name) => !Object.hasOwn(json, name))) throw malformed('a field is missing');
  return json;
}

const isObject = <Name extends string, Maybe extends string>(
  json: unknown,
): json is Fields<Name> & Partial<Fields<Maybe>> =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

export const readList = <T>(json: unknown, read: (item: unknown) => T): T[] => {
  if (!Array.isArray(json)) throw malformed('a list is missing');
  return json.map((item: unknown) => read(item));
};

export const readText = (json: unknown): string => {
  if (typeof json === 'string') return json;
  throw malformed('a text is missing');
};

export const readOneOf = <T extends string>(json: unknown, known: readonly T[]): T => {
  const found = known.find((name) => name === json);
  if (found === undefined) throw malformed('an unknown word');
  return found;
};

export const readTypeName = (json: unknown): string => {
  const type = readText(json);
  if (!isTypeName(type)) throw malformed('a type name is none');
  return type;
};

export const readUid = (json: unknown): EntityUid => {
  const { type, id } = fields(json, ['type', 'id']);
  return { type: readTypeName(type), id: readText(id) };
};

export const readEntity = (json: unknown): EntityLiteral => {
  const { type, id, owned } = fields(json, ['type', 'id'], ['owned']);
  const uid = readUid({ type, id });
  if (owned === undefined) return uid;
  if (owned !== true) throw malformed('an entity is owned or says nothing of it');
  return { ...uid, owned };
};

export const readSlot = (json: unknown): Slot['slot'] => readOneOf(json, ['principal', 'resource']);

const readPosition = (json: unknown): number => {
  if (typeof json === 'number' && Number.isSafeInteger(json) && json > 0) return json;
  throw malformed('a position in a file is none');
};

/** `{ at }`, or nothing where nothing was recorded. */
export const readPlace = (json: unknown): { at?: Site } => {
  if (json === undefined) return {};
  const { file, line, column } = fields(json, ['file', 'line', 'column']);
  return { at: { file: readText(file), line: readPosition(line), column: readPosition(column) } };
};
