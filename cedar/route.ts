import type { Model, Route } from './model.ts';

export interface RouteMatch {
  /** The action's name, unqualified. */
  readonly action: string;
  readonly route: Route;
  /** Path parameters as they stand in the URL: `resourceIdOf` decodes them. */
  readonly parameters: Readonly<Record<string, string>>;
}

interface Candidate {
  readonly action: string;
  readonly route: Route;
  readonly segments: readonly string[];
}

const isParameter = (segment: string): boolean => /^\{[^{}]+\}$/.test(segment);

/** Parameters of a path by its template, or undefined if it does not fit. A parameter takes one segment, never empty. */
export function pathParameters(template: string, path: string): Record<string, string> | undefined {
  return fit(template.split('/'), path.split('/'));
}

const fit = (template: readonly string[], path: readonly string[]): Record<string, string> | undefined => {
  if (template.length !== path.length) return undefined;
  const parameters: [string, string][] = [];
  for (const [i, expected] of template.entries()) {
    const actual = path[i];
    if (actual === undefined) return undefined;
    if (!isParameter(expected)) {
      if (expected !== actual) return undefined;
    } else {
      if (actual === '') return undefined;
      parameters.push([expected.slice(1, -1), actual]);
    }
  }
  // Not by assignment, which no parameter called __proto__ would survive.
  return Object.fromEntries(parameters);
};

/** A static segment beats a parameter; the first segment that differs in this decides. */
const bySpecificity = (a: Candidate, b: Candidate): number => {
  const differs = a.segments.findIndex(
    (segment, i) => isParameter(segment) !== isParameter(b.segments[i] ?? ''),
  );
  return differs === -1 ? 0 : isParameter(a.segments[differs] ?? '') ? 1 : -1;
};

/** Routes by method and number of segments, most specific first. */
type RouteTable = ReadonlyMap<string, readonly Candidate[]>;

const tables = new WeakMap<Model, RouteTable>();

const tableKey = (method: string, segments: readonly string[]): string => `${method} ${segments.length}`;

const tableOf = (model: Model): RouteTable => {
  const known = tables.get(model);
  if (known) return known;
  const table = new Map<string, Candidate[]>();
  for (const [action, { route }] of Object.entries(model.actions)) {
    if (!route) continue;
    const segments = route.path.split('/');
    const key = tableKey(route.method, segments);
    table.set(key, [...(table.get(key) ?? []), { action, route, segments }]);
  }
  for (const candidates of table.values()) candidates.sort(bySpecificity);
  tables.set(model, table);
  return table;
};

/**
 * The operation that a request calls, or undefined. `path` is raw, without query string. Methods match exactly:
 * HEAD and OPTIONS never find the route of GET, whatever a web framework does with them.
 */
export function matchRoute(model: Model, method: string, path: string): RouteMatch | undefined {
  const segments = path.split('/');
  for (const candidate of tableOf(model).get(tableKey(method, segments)) ?? []) {
    const parameters = fit(candidate.segments, segments);
    if (parameters) return { action: candidate.action, route: candidate.route, parameters };
  }
  return undefined;
}
