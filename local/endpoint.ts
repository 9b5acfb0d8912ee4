import { randomUUID } from 'node:crypto';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { AwsError, type AwsJsonService, type Caller } from './aws/service.ts';
import type { Faults } from './faults.ts';
import { isForeign } from './loopback.ts';

export interface HttpCall {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly caller: Caller;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A part of the endpoint that is no AWS JSON protocol: key sets, Lambda's REST calls. Undefined: not mine. */
export type HttpRoute = (call: HttpCall) => Promise<HttpAnswer | undefined> | HttpAnswer | undefined;

export interface EndpointArgs {
  readonly services: readonly AwsJsonService[];
  readonly routes: readonly HttpRoute[];
  readonly faults: Faults;
}

/** AWS takes 1 MB of request at most in the services emulated here; SQS and Lambda payloads are larger. */
const MAX_BODY_BYTES = 7 * 1024 * 1024;

/** One HTTP endpoint for all AWS clients, as `--endpoint-url` and AWS_ENDPOINT_URL take it. */
export function createEndpoint(args: EndpointArgs): Server {
  return createServer((request, response) => {
    answer(args, request, response).catch((error: unknown) => {
      if (response.headersSent) {
        response.destroy();
        return;
      }
      const { code, status, message, fields } = asAwsError(error);
      send(response, status, '1.0', { __type: code, message, ...fields });
    });
  });
}

async function answer(
  { services, routes, faults }: EndpointArgs,
  request: IncomingMessage,
  response: ServerResponse,
) {
  if (isForeign(request)) throw new AwsError('AccessDeniedException', 'only this machine may call', {}, 403);
  const body = await readBody(request);
  const caller = callerOf(request);
  const [target, operation] = splitTarget(request);
  const service = services.find((one) => one.target === target);
  if (service && operation) {
    const { down, throttled, latencyMs } = faults.of(service.target);
    if (latencyMs) await delay(latencyMs);
    if (down) return void request.socket.destroy();
    if (throttled) throw new AwsError('ThrottlingException', 'Rate exceeded');
    return send(response, 200, service.version, await service.call(operation, parse(body), caller));
  }
  const [path = '/', search = ''] = (request.url ?? '/').split(/\?(.*)/s);
  const call: HttpCall = {
    method: request.method ?? 'GET',
    path,
    query: new URLSearchParams(search),
    headers: request.headers,
    body,
    caller,
  };
  for (const route of routes) {
    const found = await route(call);
    if (found) return void response.writeHead(found.status, found.headers).end(found.body);
  }
  throw new AwsError(
    'UnknownOperationException',
    'The embedded cloud has no such service or operation',
    {},
    404,
  );
}

/** `DynamoDB_20120810.GetItem` -> its two halves. */
function splitTarget({ headers }: IncomingMessage): readonly [string?, string?] {
  const target = headers['x-amz-target'];
  if (typeof target !== 'string') return [];
  const dot = target.lastIndexOf('.');
  return [target.slice(0, dot), target.slice(dot + 1)];
}

/** The signature is not checked: the access key id only names the role on whose behalf a call is judged. */
function callerOf({ headers }: IncomingMessage): Caller {
  const [, accessKeyId = ''] = /Credential=([^/,\s]+)\//.exec(headers.authorization ?? '') ?? [];
  return { accessKeyId };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES)
      throw new AwsError('RequestEntityTooLargeException', 'Request is too large', {}, 413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parse(body: Buffer): Record<string, unknown> {
  try {
    const value: Record<string, unknown> | string | null = JSON.parse(body.toString() || '{}');
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Falls through: text that is no JSON and JSON that is no object are the same mistake.
  }
  throw new AwsError('SerializationException', 'The request body is not a JSON object');
}

function send(response: ServerResponse, status: number, version: string, body: object): void {
  response
    .writeHead(status, {
      'content-type': `application/x-amz-json-${version}`,
      'x-amzn-requestid': randomUUID(),
    })
    .end(JSON.stringify(body));
}

const asAwsError = (error: unknown): AwsError =>
  error instanceof AwsError
    ? error
    : new AwsError('InternalFailure', error instanceof Error ? error.message : String(error), {}, 500);
