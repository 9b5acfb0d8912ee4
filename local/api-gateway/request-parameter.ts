import type { GatewayRequest } from './request.ts';

/** A request on its way to an integration. */
export interface Passing {
  readonly request: GatewayRequest;
  readonly pathParameters: Readonly<Record<string, string>>;
  /** What the authorizer said of it; empty where there is none. */
  readonly authorizer: Readonly<Record<string, string>>;
}

/** One entry of an integration's `requestParameters`. */
export interface RequestParameter {
  readonly place: 'header' | 'path';
  readonly name: string;
  readonly valueOf: ValueOf;
}

type ValueOf = (passing: Passing) => string | undefined;

const CONTEXT: ReadonlyMap<string, ValueOf> = new Map([
  ['context.identity.sourceIp', ({ request }) => request.sourceIp],
  ['context.requestId', ({ request }) => request.id],
]);

/**
 * @param target `integration.request.header.x-tenant-id`
 * @param source `context.authorizer.tenantId`
 * @returns undefined for what is not emulated
 */
export function readRequestParameter(target: string, source: string): RequestParameter | undefined {
  const [, place, name = ''] = /^integration\.request\.(header|path)\.(.+)$/.exec(target) ?? [];
  const valueOf = readSource(source);
  if ((place !== 'header' && place !== 'path') || !valueOf) return undefined;
  return { place, name: place === 'header' ? name.toLowerCase() : name, valueOf };
}

function readSource(source: string): ValueOf | undefined {
  const [, literal] = /^'(.*)'$/.exec(source) ?? [];
  if (literal !== undefined) return () => literal;
  const [, place, name = ''] = /^(method\.request\.path|context\.authorizer)\.(.+)$/.exec(source) ?? [];
  if (place === 'method.request.path') return ({ pathParameters }) => pathParameters[name];
  if (place === 'context.authorizer') return ({ authorizer }) => authorizer[name];
  return CONTEXT.get(source);
}
