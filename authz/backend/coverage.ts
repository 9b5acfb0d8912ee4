import { actionKey } from './context-facts.ts';
import type { BackendOptions, GuardOptions } from './options.ts';

/** Handlers, where the kit routes to them. */
export type Covering = Pick<BackendOptions, 'handlers' | 'publicHandlers'>;

/**
 * Refuses a backend that does not cover its API document: a gap would otherwise show when the first client calls the
 * operation.
 * @throws Error naming every gap
 */
export function refuseGaps(options: GuardOptions, { handlers, publicHandlers }: Partial<Covering>): void {
  const gaps = [
    ...gapsOfOperations(options, handlers),
    ...(publicHandlers ? gapsOfPublicRoutes(options, publicHandlers) : []),
    ...gapsOfPermissions(options),
    ...strangersInContext(options),
  ];
  // No secret at all would be "known" to whoever sends none.
  if (options.gatewaySecret === '') gaps.push("the gateway's secret is empty");
  if (gaps.length > 0) throw new Error(`the backend does not cover its API document: ${gaps.join('; ')}`);
}

const routesOf = ({ model }: GuardOptions) =>
  Object.values(model.actions).flatMap(({ route }) => (route ? [route] : []));

function gapsOfOperations(options: GuardOptions, handlers: Covering['handlers'] | undefined): string[] {
  const { resources, locate, permissionsOperation } = options;
  return routesOf(options).flatMap(({ key, resource: { type, id } }) => [
    ...(!handlers || handlers[key] || key === permissionsOperation ? [] : [`no handler for ${key}`]),
    ...(id.from === 'endpoint' || resources[type]
      ? []
      : [`no loader for the resource type ${type} of ${key}`]),
    ...(id.from !== 'backend' || locate[key] ? [] : [`nothing locates the resource of ${key}`]),
  ]);
}

const gapsOfPublicRoutes = ({ model }: GuardOptions, publicHandlers: Covering['publicHandlers']): string[] =>
  model.publicRoutes
    .map(({ method, path }) => `${method} ${path}`)
    .filter((route) => !publicHandlers[route])
    .map((route) => `no handler for ${route}`);

function gapsOfPermissions(options: GuardOptions): string[] {
  const { permissionsOperation: wanted } = options;
  if (wanted === undefined) return [];
  const route = routesOf(options).find(({ key }) => key === wanted);
  return route?.resource.id.from === 'endpoint'
    ? []
    : [`${wanted}, which answers a user interface, is no operation on its Endpoint`];
}

/** A name with a mistake in it would leave facts out, and deny, for no reason that anybody sees. */
function strangersInContext({ model, context = {} }: GuardOptions): string[] {
  const known = new Set(Object.entries(model.actions).map(([name, action]) => actionKey(name, action)));
  return Object.keys(context)
    .filter((key) => !known.has(key))
    .map((key) => `context names ${key}, which is no operation and no domain action`);
}
