import type { Action, Model } from '../../cedar/model.ts';
import { matchRoute } from '../../cedar/route.ts';

/** The key of a public route in the table of all: no operation has it, because it is no name. */
const PUBLIC = '';

const tables = new WeakMap<Model, Model>();

/** The model with its public routes among the operations, so that the more specific of two templates wins. */
function allRoutes(model: Model): Model {
  const known = tables.get(model);
  if (known) return known;
  const open = model.publicRoutes.map(({ method, path }): [string, Action] => {
    const resource = { type: 'Endpoint', id: { from: 'endpoint' } } as const;
    const route = { method, path, key: PUBLIC, resource, sensitive: false };
    return [`${method} ${path}`, { groups: [], principals: [], resources: [], context: {}, route }];
  });
  const all = { ...model, actions: { ...model.actions, ...Object.fromEntries(open) } };
  tables.set(model, all);
  return all;
}

/**
 * The public route that a request is for: `METHOD /path`, the path as the API document writes it. Undefined when it is
 * an operation's, or would be to a reader who decodes the path first: such a request needs a token.
 */
export function publicRouteOf(model: Model, method: string, path: string): string | undefined {
  const all = allRoutes(model);
  const found = matchRoute(all, method, path);
  if (found?.route.key !== PUBLIC) return undefined;
  const decoded = matchRoute(all, method, decode(path));
  return decoded === undefined || decoded.action === found.action ? found.action : undefined;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
