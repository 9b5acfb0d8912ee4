import type { Model } from '../cedar/model.ts';
import type { Problem } from '../dsl/check/problem.ts';
import type { Settings } from './config-keys.ts';

/**
 * The operation that stands for opening a socket must be one that can be decided on without a path: `$connect` has none.
 * Nor does it hand headers on to the backend, which decides again.
 */
export function webSocketProblems(
  { gateways, webSocketOperation }: Pick<Settings, 'gateways' | 'webSocketOperation'>,
  model: Model,
): Problem[] {
  if (!gateways.includes('websocket')) return [];
  const fit = Object.entries(model.actions).flatMap(([name, { route, context }]) =>
    route?.resource.id.from === 'endpoint' &&
    !route.path.includes('{') &&
    Object.values(context).every(({ from }) => from.source !== 'header' && from.source !== 'query')
      ? [name]
      : [],
  );
  if (webSocketOperation !== undefined && fit.includes(webSocketOperation)) return [];
  const wrong =
    webSocketOperation === undefined
      ? 'is missing, and a WebSocket API is among the gateways'
      : `is '${webSocketOperation}', which is no operation on its own Endpoint without path parameters, headers and query parameters`;
  return [
    {
      code: 'CONFIG',
      message: `config key cedarwright:webSocketOperation ${wrong}`,
      remedy: `name the operation whose callers may open a socket${fit.length > 0 ? `: ${fit.slice(0, 5).join(', ')}${fit.length > 5 ? ', …' : ''}` : ''}`,
    },
  ];
}
