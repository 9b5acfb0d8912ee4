import type { Model } from '../../cedar/model.ts';
import { resourceIdOf } from '../../cedar/resource-id.ts';
import { matchRoute, pathParameters } from '../../cedar/route.ts';
import type { Operation } from './operation.ts';

type Found = Readonly<Record<string, string | undefined>>;
type RawParameters = Readonly<Record<string, string>>;

/**
 * The raw path segments at the parameters of a template; undefined when the path does not fit.
 *
 * Segments are counted from the end, because behind a custom domain with a base path mapping the event's path starts
 * with that base path (on the default domain it has neither base path nor stage).
 * @param found what the gateway itself found. It must be the raw segment or the segment decoded once: gateways differ
 * in that (REST APIs give it raw), and anything else means that the two of us read the path differently.
 */
export function rawPathParameters(template: string, path: string, found: Found): RawParameters | undefined {
  const parameters = pathParameters(template, tailOf(template, path));
  const agreed = Object.entries(parameters ?? {}).every(
    ([name, raw]) => found[name] === raw || (found[name] !== undefined && found[name] === decodeOnce(raw)),
  );
  return agreed ? parameters : undefined;
}

/**
 * The same for a gateway that decodes paths before anybody sees them, as HTTP APIs do with `rawPath` (and with what
 * follows a decoded `?` cut off). Whether a `%` in such a path was sent as `%` or as `%25` cannot be known, so that one
 * with a `%` is refused: the backend would read another id.
 */
export function decodedPathParameters(
  template: string,
  path: string,
  found: Found,
): RawParameters | undefined {
  const parameters = pathParameters(template, tailOf(template, path));
  if (!parameters) return undefined;
  const raw: Record<string, string> = {};
  for (const [name, segment] of Object.entries(parameters)) {
    const given = found[name];
    if (given === undefined || (given !== segment && decodeOnce(given) !== segment)) return undefined;
    if (/%|\p{Surrogate}/u.test(segment)) return undefined;
    raw[name] = encodeURIComponent(segment);
  }
  return raw;
}

/**
 * Whether every reader of the path finds the same operation: also one that decodes it before it looks for the route,
 * to whom `/orders/%6Datest` is `/orders/latest`. The id of the resource itself is judged where it is read.
 */
export function isReadOneWay(
  model: Model,
  { name, route }: Pick<Operation, 'name' | 'route'>,
  raw: RawParameters,
): boolean {
  const { id } = route.resource;
  const segments: string[] = [];
  for (const part of route.path.split('/')) {
    const parameter = /^\{(.+)\}$/.exec(part)?.[1];
    const read = parameter === undefined ? undefined : resourceIdOf(raw[parameter] ?? '');
    if (read?.ok === false && (id.from !== 'path' || id.parameter !== parameter)) return false;
    segments.push(read?.ok ? read.id : part);
  }
  return matchRoute(model, route.method, segments.join('/'))?.action === name;
}

function tailOf(template: string, path: string): string {
  const length = template.split('/').length - 1;
  return ['', ...path.split('/').slice(1).slice(-length)].join('/');
}

function decodeOnce(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
