import { pathParameters } from '../../cedar/route.ts';

/**
 * The raw path segments at the parameters of a template; undefined when the path does not fit.
 *
 * Segments are counted from the end, because behind a custom domain with a base path mapping the event's path starts
 * with that base path (on the default domain it has neither base path nor stage).
 * @param found what the gateway itself found. It must be the raw segment or the segment decoded once: gateways differ
 * in that (REST APIs give it raw), and anything else means that the two of us read the path differently.
 */
export function rawPathParameters(
  template: string,
  path: string,
  found: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> | undefined {
  const length = template.split('/').length - 1;
  const tail = path.split('/').slice(1).slice(-length);
  const parameters = pathParameters(template, ['', ...tail].join('/'));
  const agreed = Object.entries(parameters ?? {}).every(
    ([name, raw]) => found[name] === raw || (found[name] !== undefined && found[name] === decodeOnce(raw)),
  );
  return agreed ? parameters : undefined;
}

function decodeOnce(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
