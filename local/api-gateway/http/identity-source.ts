import { headerValues, queryValues, type GatewayRequest } from '../request.ts';

/** Part of what a decision is remembered by. Repeated headers and parameters are joined by commas. */
export type HttpIdentitySource = (request: GatewayRequest, routeKey: string) => string;

const CONTEXT: ReadonlyMap<string, HttpIdentitySource> = new Map([
  // The template: `GET /orders/{id}`, whatever the id.
  ['$context.routeKey', (_, routeKey) => routeKey],
  ['$context.path', ({ path }) => path],
  ['$context.httpMethod', ({ method }) => method],
  ['$context.identity.sourceIp', ({ sourceIp }) => sourceIp],
]);

/** `$request.header.Authorization` and its like; undefined for what is not emulated. */
export function readHttpIdentitySource(expression: string): HttpIdentitySource | undefined {
  const [, place, name = ''] = /^\$request\.(header|querystring)\.(.+)$/.exec(expression) ?? [];
  if (place === 'header') return (request) => headerValues(request, name).join(',');
  if (place === 'querystring') return (request) => queryValues(request, name).join(',');
  return CONTEXT.get(expression);
}
