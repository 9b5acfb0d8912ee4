import { headerValues, queryValues, type GatewayRequest } from './request.ts';

/**
 * Part of what a decision is remembered by: every value that a request has there. With only one of several, a request
 * that repeats a header would be answered from the memory of one that does not.
 */
export type IdentitySource = (request: GatewayRequest) => readonly string[];

const CONTEXT: ReadonlyMap<string, IdentitySource> = new Map([
  ['context.httpMethod', ({ method }) => [method]],
  ['context.path', ({ path }) => [path]],
  ['context.identity.sourceIp', ({ sourceIp }) => [sourceIp]],
]);

/** `method.request.header.Authorization` and its like; undefined for what is not emulated. */
export function readIdentitySource(expression: string): IdentitySource | undefined {
  const [, place, name = ''] = /^method\.request\.(header|querystring)\.(.+)$/.exec(expression) ?? [];
  if (place === 'header') return (request) => headerValues(request, name);
  if (place === 'querystring') return (request) => queryValues(request, name);
  return CONTEXT.get(expression);
}
