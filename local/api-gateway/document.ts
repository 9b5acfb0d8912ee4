import { isJson, optionalNumber, type Json } from '../aws/input.ts';
import { AwsError } from '../aws/service.ts';

/** What the documents of REST and HTTP APIs have in common. */

const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'];
export const AUTHORIZER = 'x-amazon-apigateway-authorizer';
export const INTEGRATION = 'x-amazon-apigateway-integration';

/** The parser's own message may quote the document, which holds the gateway's secret. */
export function parseDocument(body: string): Json {
  try {
    const document: unknown = JSON.parse(body);
    if (isJson(document)) return document;
  } catch {
    // The same mistake as JSON that is no object.
  }
  throw bad('the body is not a JSON object');
}

/** @throws AwsError for greedy parameters and for methods that no front serves */
export function refusePath(resourcePath: string, item: Json): void {
  refuseOthers(item, METHODS);
  const greedy = resourcePath.split('/').find((part) => /[{}]/.test(part) && !/^\{[^{}+]+\}$/.test(part));
  if (greedy !== undefined) unsupported(`the path part ${greedy}`);
}

/** @param uri `arn:aws:apigateway:…:lambda:path/…/functions/<function ARN>/invocations` */
export function readFunctionArn(uri: string): string {
  const [, functionArn] = /functions\/(arn:[^/]+)\/invocations$/.exec(uri) ?? [];
  if (!functionArn) throw bad('authorizerUri names no function');
  return functionArn;
}

/** 300 seconds where nothing is said: API Gateway Developer Guide, "x-amazon-apigateway-authorizer". */
export function readTtl(authorizer: Json): number {
  const ttlSeconds = optionalNumber(authorizer, 'authorizerResultTtlInSeconds') ?? 300;
  if (!(ttlSeconds >= 0 && ttlSeconds <= 3600)) throw bad('the TTL is not within 0 and 3600');
  return ttlSeconds;
}

export function readHttpUri(uri: string): { readonly origin: string; readonly path: string } {
  const [, origin, path = '/'] = /^(http:\/\/[^/]+)(\/.*)?$/.exec(uri) ?? [];
  if (!origin || !URL.canParse(origin)) throw bad('only http URIs are supported');
  return { origin, path };
}

/** Says where in the document something is wrong. */
export function within<T>(where: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof AwsError ? bad(`${where}: ${error.message}`) : error;
  }
}

export function refuseOthers(input: Json, names: readonly string[]): void {
  const other = Object.keys(input).find((name) => !names.includes(name));
  if (other !== undefined) unsupported(`'${other}'`);
}

export function unsupported(what: string): never {
  throw bad(`${what} is not supported`);
}

export const bad = (message: string): AwsError => new AwsError('BadRequestException', message);
