/** A schema of the API document, its references resolved: as much of JSON Schema as the document uses. */
export interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  integer: Number.isSafeInteger,
  boolean: (value) => typeof value === 'boolean',
};

const FORMATS: Readonly<Record<string, RegExp>> = {
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
  decimal: /^-?\d+\.\d{1,4}$/,
  email: /^[^@]+@[^@]+$/,
};

/** What a value does not keep of its schema: nothing, for a good one. A property that no schema names is one too. */
export function violations(schema: Schema, value: unknown, at = 'body'): string[] {
  const { type = '', required = [], properties = {}, items } = schema;
  if (!TYPES[type]?.(value)) return [`${at} is no ${type}`];
  if (Array.isArray(value))
    return items ? value.flatMap((member, i) => violations(items, member, `${at}[${i}]`)) : [];
  if (typeof value !== 'object' || value === null)
    return isWithin(schema, value) ? [] : [`${at} is out of bounds`];
  return [
    ...required.filter((name) => !Object.hasOwn(value, name)).map((name) => `${at}.${name} is missing`),
    ...Object.entries(value).flatMap(([name, member]: [string, unknown]) => {
      const own = properties[name];
      return own ? violations(own, member, `${at}.${name}`) : [`${at}.${name} is not in the document`];
    }),
  ];
}

function isWithin(schema: Schema, value: unknown): boolean {
  if (schema.const !== undefined && value !== schema.const) return false;
  if (schema.enum && !schema.enum.includes(value)) return false;
  if (typeof value === 'number')
    return value >= (schema.minimum ?? -Infinity) && value <= (schema.maximum ?? Infinity);
  if (typeof value !== 'string') return true;
  const patterns = [schema.pattern && new RegExp(schema.pattern, 'u'), FORMATS[schema.format ?? '']];
  return (
    value.length <= (schema.maxLength ?? Infinity) &&
    patterns.every((pattern) => !pattern || pattern.test(value))
  );
}
