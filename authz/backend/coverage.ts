import type { BackendOptions } from './backend.ts';

/**
 * Refuses a backend that does not cover its API document: a gap would otherwise show when the first client calls the
 * operation.
 * @throws Error naming every gap
 */
export function refuseGaps(options: BackendOptions): void {
  const gaps = [...gapsOfOperations(options), ...gapsOfPublicRoutes(options)];
  // No secret at all would be "known" to whoever sends none.
  if (options.gatewaySecret === '') gaps.push("the gateway's secret is empty");
  if (gaps.length > 0) throw new Error(`the backend does not cover its API document: ${gaps.join('; ')}`);
}

function gapsOfOperations({ model, handlers, resources, locate }: BackendOptions): string[] {
  const routes = Object.values(model.actions).flatMap(({ route }) => (route ? [route] : []));
  return routes.flatMap(({ key, resource: { type, id } }) => [
    ...(handlers[key] ? [] : [`no handler for ${key}`]),
    ...(id.from === 'endpoint' || resources[type]
      ? []
      : [`no loader for the resource type ${type} of ${key}`]),
    ...(id.from !== 'backend' || locate[key] ? [] : [`nothing locates the resource of ${key}`]),
  ]);
}

const gapsOfPublicRoutes = ({ model, publicHandlers }: BackendOptions): string[] =>
  model.publicRoutes
    .map(({ method, path }) => `${method} ${path}`)
    .filter((route) => !publicHandlers[route])
    .map((route) => `no handler for ${route}`);
