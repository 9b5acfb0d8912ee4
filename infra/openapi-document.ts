import { pathParametersOf } from './path-parameters.ts';

export type Json = Readonly<Record<string, unknown>>;

/** What an operation says in the documents of REST and HTTP APIs alike. */
export function operationFrame(path: string): Json {
  const names = pathParametersOf(path);
  return {
    ...(names.length > 0 && {
      parameters: names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    }),
    responses: { default: { description: 'What the backend answers.' } },
  };
}

/** By name, so that a document changes only when the API does. */
export const sorted = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
