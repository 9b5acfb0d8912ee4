/**
 * The raw path segments at the parameters of a template; undefined when the path does not fit.
 *
 * Segments are compared from the end, because behind a custom domain with a base path mapping the event's path starts
 * with that base path (on the default domain it has neither base path nor stage).
 * @param decoded what the gateway itself found. It must be the raw segment or the segment decoded once: gateways differ
 * in that (REST APIs give it raw), and anything else means that the two of us read the path differently.
 */
export function rawPathParameters(
  template: string,
  path: string,
  decoded: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> | undefined {
  const expected = template.split('/').slice(1);
  const given = path.split('/').slice(1).slice(-expected.length);
  if (given.length !== expected.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of expected.entries()) {
    const raw = given[index] ?? '';
    const name = /^\{([^}+]+)\}$/.exec(part)?.[1];
    if (name === undefined) {
      if (raw !== part) return undefined;
      continue;
    }
    const theirs = decoded[name];
    if (raw === '' || theirs === undefined || (theirs !== raw && theirs !== decodeOnce(raw)))
      return undefined;
    parameters[name] = raw;
  }
  return parameters;
}

function decodeOnce(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
