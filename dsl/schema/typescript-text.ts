const IDENTIFIER = /^[A-Za-z_$][A-Za-z0-9_$]*$/;

/** A string literal. */
export const literal = (text: string): string =>
  `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;

/** A property's name, quoted where it must be. */
export const property = (name: string): string => (IDENTIFIER.test(name) ? name : literal(name));

/** A union of string literals; `never` of none. */
export const union = (names: readonly string[]): string => names.map(literal).join(' | ') || 'never';

/** A comment on lines of its own: one beside what it documents is not picked up by editors. */
export const doc = (text: string | undefined): string =>
  text === undefined ? '' : `/** ${text.replaceAll(/\s+/g, ' ').replaceAll('*/', '*\\/')} */\n`;

/** Entries by name, so that the order of the document never shows. */
export const sortedEntries = <T>(record: Readonly<Record<string, T>>): [string, T][] =>
  Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
