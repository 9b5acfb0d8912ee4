import type { RestRoute } from './rest-api.ts';

export interface Matched {
  readonly route: RestRoute;
  /** Decoded once, as API Gateway hands them to functions. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

/**
 * The route of a request: a literal segment beats a `{parameter}`. No route for the method is no route at all: HEAD is
 * not served by GET, and a trailing or doubled slash is another path.
 */
export function matchRoute(routes: readonly RestRoute[], method: string, path: string): Matched | undefined {
  const segments = path.split('/').slice(1);
  const candidates = routes.filter((route) => route.method === method && fits(templateOf(route), segments));
  const [route] = candidates.toSorted((a, b) => specificity(b).localeCompare(specificity(a)));
  if (!route) return undefined;
  const pathParameters: Record<string, string> = {};
  for (const [index, part] of templateOf(route).entries()) {
    if (!isParameter(part)) continue;
    const decoded = decode(segments[index] ?? '');
    if (decoded === undefined) return undefined;
    pathParameters[part.slice(1, -1)] = decoded;
  }
  return { route, pathParameters };
}

const templateOf = ({ resourcePath }: RestRoute): readonly string[] => resourcePath.split('/').slice(1);

const isParameter = (part: string): boolean => part.startsWith('{') && part.endsWith('}');

const fits = (template: readonly string[], segments: readonly string[]): boolean =>
  template.length === segments.length &&
  template.every((part, index) => (isParameter(part) ? segments[index] !== '' : part === segments[index]));

/** Compared from the first segment on: `1` for a literal, `0` for a parameter. */
const specificity = (route: RestRoute): string =>
  templateOf(route)
    .map((part) => (isParameter(part) ? '0' : '1'))
    .join('');

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
