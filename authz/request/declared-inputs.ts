import type { Action } from '../../cedar/model.ts';
import { refuse, type Refusal } from '../respond/reasons.ts';

type Values = Readonly<Record<string, readonly string[] | undefined>>;

/**
 * The headers and query parameters that an operation's context declares. All others are dropped here: what no policy
 * may read must not reach a decider or a log. One given twice is refused, because the backend might read the other.
 * @param headers all values by name, in the client's casing
 */
export function declaredInputs(
  { context }: Action,
  headers: Values,
  query: Values,
):
  | {
      readonly ok: true;
      readonly headers: Readonly<Record<string, string>>;
      readonly query: Readonly<Record<string, string>>;
    }
  | Refusal {
  const found = { header: {} as Record<string, string>, query: {} as Record<string, string> };
  for (const { from } of Object.values(context)) {
    if (from.source !== 'header' && from.source !== 'query') continue;
    const { source, name } = from;
    const values = source === 'header' ? headerValues(headers, name) : (query[name] ?? []);
    if (values.length > 1) return refuse('INPUT_AMBIGUOUS');
    const [value] = values;
    if (value !== undefined) found[source][name] = value;
  }
  return { ok: true, headers: found.header, query: found.query };
}

/** Header names are case-insensitive (RFC 9110, section 5.1), and the event keeps the client's casing. */
export const headerValues = (headers: Values, name: string): readonly string[] =>
  Object.entries(headers).flatMap(([given, values]) =>
    given.toLowerCase() === name.toLowerCase() ? (values ?? []) : [],
  );
