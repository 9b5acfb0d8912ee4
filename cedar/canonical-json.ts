const isList = (value: object): value is readonly unknown[] => Array.isArray(value);

const sorted = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map(sorted);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]));
};

/** JSON text without spaces and with sorted names: equal data have equal text, whoever wrote it. */
export const canonicalJson = (value: object): string => JSON.stringify(sorted(value));
