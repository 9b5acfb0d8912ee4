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

/**
 * The attributes of an entity type. An alias, since each entity is an intersection with them, and the compiler makes a
 * generic interface anew for every intersection that it stands in: 6% of the instantiations of 1,000 policies. With tags
 * it is an interface, which an alias cannot extend.
 */
export const attributesType = ({ head, tagged, members }: AttributesType): string =>
  tagged === undefined
    ? `export type ${head} = {\n${members}\n};`
    : `export interface ${head} extends ${tagged} {\n${members}\n}`;

interface AttributesType {
  /** Name and parameters. */
  readonly head: string;
  readonly tagged: string | undefined;
  readonly members: string;
}

/** Entries by name, so that the order of the document never shows. */
export const sortedEntries = <T>(record: Readonly<Record<string, T>>): [string, T][] =>
  Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
