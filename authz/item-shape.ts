type Test = (value: unknown) => boolean;

/**
 * A guard for items of a table: every field is there and of its shape. Tables are written by other programs, perhaps
 * of another version; an item that is only nearly what it should be must stop a request, not mislead it.
 */
export const shapeOf =
  <Item>(fields: { readonly [Name in keyof Required<Item>]: Test }) =>
  (value: unknown): value is Item =>
    isObject(value) && Object.entries<Test>(fields).every(([name, test]) => test(value[name]));

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isText: Test = (value) => typeof value === 'string';
export const isCount: Test = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
export const isFlag: Test = (value) => typeof value === 'boolean';
export const isOneOf =
  (...allowed: readonly string[]): Test =>
  (value) =>
    allowed.some((one) => one === value);
export const isListOf =
  (test: Test): Test =>
  (value) =>
    Array.isArray(value) && value.every(test);
/** An object used as a table of names. */
export const isMapOf =
  (test: Test): Test =>
  (value) =>
    isObject(value) && Object.values(value).every(test);
export const isOptional =
  (test: Test): Test =>
  (value) =>
    value === undefined || test(value);
