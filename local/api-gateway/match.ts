/** A route as far as matching goes. */
export interface Templated {
  readonly method: string;
  /** Path template: `/orders/{id}`. */
  readonly resourcePath: string;
}

export interface Matched<R extends Templated> {
  readonly route: R;
  /** Segments as they stand in the path: REST APIs hand them to functions and integrations undecoded. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

/**
 * The route of a request: a literal segment beats a `{parameter}`. No route for the method is no route at all: HEAD is
 * not served by GET, and a trailing or doubled slash is another path. Nor is there one for a segment that cannot be
 * decoded. Not shared with the handlers that this gateway calls: a mistake would then be made on both sides.
 */
export function matchRoute<R extends Templated>(
  routes: readonly R[],
  method: string,
  path: string,
): Matched<R> | undefined {
  const segments = path.split('/');
  const candidates = routes.filter((route) => route.method === method && fits(templateOf(route), segments));
  const [route] = candidates.toSorted((a, b) => specificity(b).localeCompare(specificity(a)));
  if (!route) return undefined;
  const parameters = templateOf(route).flatMap((part, index) =>
    isParameter(part) ? [[part.slice(1, -1), segments[index] ?? ''] as const] : [],
  );
  if (!parameters.every(([, segment]) => canDecode(segment))) return undefined;
  return { route, pathParameters: Object.fromEntries(parameters) };
}

const templateOf = ({ resourcePath }: Templated): readonly string[] => resourcePath.split('/');

const isParameter = (part: string): boolean => part.startsWith('{') && part.endsWith('}');

const fits = (template: readonly string[], segments: readonly string[]): boolean =>
  template.length === segments.length &&
  template.every((part, index) => (isParameter(part) ? segments[index] !== '' : part === segments[index]));

/** Compared from the first segment on: `1` for a literal, `0` for a parameter. */
const specificity = (route: Templated): string =>
  templateOf(route)
    .map((part) => (isParameter(part) ? '0' : '1'))
    .join('');

function canDecode(segment: string): boolean {
  try {
    decodeURIComponent(segment);
    return true;
  } catch {
    return false;
  }
}
