/** Names of types and constants for the names of a schema. */

/** `Photos::User` gives `PhotosUser`, `view photo` gives `ViewPhoto`. */
export const pascal = (name: string): string =>
  name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');

export const lowerFirst = (word: string): string => word.slice(0, 1).toLowerCase() + word.slice(1);

export function free(wanted: string, taken: ReadonlySet<string>): string {
  const base = wanted.replace(/^(?=\d)/, '_');
  let name = base;
  for (let n = 2; taken.has(name); n += 1) name = `${base}${n}`;
  return name;
}
