import type { Passing, RequestParameter } from '../request-parameter.ts';

const CONTEXT: ReadonlyMap<string, (passing: Passing) => string | undefined> = new Map([
  ['$context.identity.sourceIp', ({ request }) => request.sourceIp],
  ['$context.requestId', ({ request }) => request.id],
]);

/**
 * One entry of an HTTP API's `requestParameters` (API Gateway Developer Guide, "Transform API requests and responses").
 * @param target `overwrite:header.x-tenant-id`, `remove:header.x-tenant-id`
 * @param source `$context.authorizer.tenantId`, or a value as it stands
 * @returns undefined for what is not emulated
 */
export function readHttpParameter(target: string, source: string): RequestParameter | undefined {
  const [, verb, name = ''] = /^(overwrite|remove):header\.(.+)$/.exec(target) ?? [];
  if (verb === undefined) return undefined;
  const valueOf = verb === 'remove' ? () => undefined : readSource(source);
  return valueOf && { place: 'header', name: name.toLowerCase(), valueOf };
}

/** Path variables of the integration's URI are those of the route; they go on as they came. */
export const pathParameter = (name: string): RequestParameter => ({
  place: 'path',
  name,
  valueOf: ({ pathParameters }) => pathParameters[name],
});

function readSource(source: string): RequestParameter['valueOf'] | undefined {
  const [, name] = /^\$context\.authorizer\.(.+)$/.exec(source) ?? [];
  if (name !== undefined) return ({ authorizer }) => authorizer[name];
  return source.includes('$') ? CONTEXT.get(source) : () => source;
}
